"""How loud a conversation is for one of its members, and how loud a topic of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from messaging.actions.lock import place_locked
from messaging.actions.waiting import take_back
from messaging.events import NoticeEvent
from messaging.models import FOR_GOOD, Conversation, Membership, Topic, TopicLevel
from messaging.permissions import require
from messaging.telling import CONVERSATIONS
from network.accounts.models import User
from network.activity import live
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


@transaction.atomic
def mute_topic(topic: Topic, span: str, *, by: User) -> TopicLevel:
    """Nothing of it gets through until then, also where she follows it."""
    mine = _locked(topic.conversation, by)
    until = SPANS[span](timezone.now())
    level = _set(mine, topic, {"muted_until": until})
    take_back(mine, by=by)

    _note(topic.conversation, by, f"topic muted for {span}")
    return level


@transaction.atomic
def unmute_topic(topic: Topic, *, by: User) -> TopicLevel:
    mine = _locked(topic.conversation, by)
    level = _set(mine, topic, {"muted_until": None})

    _note(topic.conversation, by, "topic unmuted")
    return level


@transaction.atomic
def choose_topic_level(
    topic: Topic, level: TopicLevel.Level, *, by: User
) -> TopicLevel:
    """Who follows it hears all of it, where she would hear mentions alone."""
    mine = _locked(topic.conversation, by)
    chosen = _set(mine, topic, {"level": level})
    take_back(mine, by=by)

    _note(topic.conversation, by, f"topic {level}")
    return chosen


def _set(mine: Membership, topic: Topic, said: dict[str, object]) -> TopicLevel:
    rows = TopicLevel.objects
    return rows.update_or_create(membership=mine, topic=topic, defaults=said)[0]


def _locked(conversation: Conversation, by: User) -> Membership:
    return place_locked(require("mute", by, conversation), conversation)


def _note(conversation: Conversation, by: User, what: str) -> None:
    """Her other tabs hear it too: what is muted is counted no more."""
    detail: dict[str, str | int] = {"what": what}
    record(Actor.of(by), NoticeEvent.CHANGED, conversation, detail=detail)
    transaction.on_commit(partial(live.nudge, [by], [CONVERSATIONS]))
