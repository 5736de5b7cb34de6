"""How loud a conversation is for one of its members."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from messaging.actions.lock import place_locked
from messaging.actions.waiting import take_back
from messaging.events import NoticeEvent
from messaging.models import FOR_GOOD, Conversation, Membership
from messaging.permissions import require
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record

SPANS: dict[str, Callable[[datetime], datetime]] = {
    "hour": lambda now: now + timedelta(hours=1),
    "day": lambda now: now + timedelta(days=1),
    "good": lambda now: FOR_GOOD,
}


@transaction.atomic
def mute(conversation: Conversation, span: str, *, by: User) -> Membership:
    """Nothing at all gets through until then, not even what is on its way."""
    mine = _locked(conversation, by)
    mine.muted_until = SPANS[span](timezone.now())
    mine.save(update_fields=["muted_until"])
    take_back(mine, by=by)

    _note(conversation, by, f"muted for {span}")
    return mine


@transaction.atomic
def unmute(conversation: Conversation, *, by: User) -> Membership:
    mine = _locked(conversation, by)
    mine.muted_until = None
    mine.save(update_fields=["muted_until"])

    _note(conversation, by, "unmuted")
    return mine


@transaction.atomic
def choose_level(
    conversation: Conversation, level: Membership.Level, *, by: User
) -> Membership:
    mine = _locked(conversation, by)
    mine.level = level
    mine.save(update_fields=["level"])
    take_back(mine, by=by)

    _note(conversation, by, level)
    return mine


def _locked(conversation: Conversation, by: User) -> Membership:
    return place_locked(require("mute", by, conversation), conversation)


def _note(conversation: Conversation, by: User, what: str) -> None:
    detail: dict[str, str | int] = {"what": what}
    record(Actor.of(by), NoticeEvent.CHANGED, conversation, detail=detail)
