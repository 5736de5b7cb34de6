"""Giving notice that messages wait, without a word of them, and taking it back."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from messaging import waiting
from messaging.events import NoticeEvent
from messaging.models import Membership
from messaging.telling import CONVERSATIONS
from network.accounts.models import User
from network.activity import live
from network.activity.actions import settle_these
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one


def tell_waiting(limit: int) -> int:
    """How many were told; any number of times, by any number of workers."""
    due = waiting.due(timezone.now()).order_by("conversation")
    keys = due.values_list("conversation", flat=True).distinct()[:limit]
    return one_by_one(list(keys), _tell_members)


@transaction.atomic
def _tell_members(conversation_id: int) -> int:
    """One event for all of them. Whom another worker holds is told by that one. Word of
    the message itself may have been lost: their lists hear of it now.
    """
    due = waiting.due(timezone.now()).filter(conversation=conversation_id)
    held = list(
        due.select_related("conversation", "clinician__user")
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
        .order_by("pk")
    )
    if not held:
        return 0
    conversation = held[0].conversation
    rows = Membership.objects.filter(pk__in=[one.pk for one in held])
    rows.update(told_ordinal=conversation.last_ordinal)

    people = [one.clinician.user for one in held if one.clinician.user]
    record(Actor.system(), NoticeEvent.WAITING, conversation, notify=people)
    transaction.on_commit(partial(live.nudge, people, [CONVERSATIONS]))
    return len(held)


def take_back(mine: Membership, *, by: User) -> None:
    """What she wants to hear no more of is as if she had not been told: no mail or push
    of it goes out, and a later wish finds it. For an action that holds the membership.
    """
    if waiting.wanted(timezone.now()).filter(pk=mine.pk).exists():
        return
    mine.told_ordinal = mine.read_ordinal
    mine.save(update_fields=["told_ordinal"])
    settle_read(by)


def settle_read(by: User) -> int:
    """She has read on: the notice that something waits is read with it."""
    return settle_these(waiting.over().filter(person=by))


def settle_all_read() -> int:
    """The same of everybody, however she read."""
    return settle_these(waiting.over())
