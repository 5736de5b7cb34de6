"""Telling somebody of a message again, when she wants to hear of it.

What she wants to remember is her own affair: the trail knows of it once she is told.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from messaging.actions.lock import place_locked
from messaging.events import ReminderEvent
from messaging.limits import MOST_REMINDERS, FullError
from messaging.models import Conversation, Kind, Message, Reminder
from messaging.permissions import allowed_on_message, require
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clinicians.actions.lock import lock


class GoneMessageError(Exception):
    """There is nothing left to be reminded of."""


@transaction.atomic
def set_reminder(
    conversation: Conversation, seq: int, due_at: datetime, *, by: User
) -> Reminder:
    """Of one message there is one: set anew, it moves."""
    who = require("read", by, conversation)
    lock(who)
    mine = place_locked(who, conversation)
    message = Message.objects.visible_to(mine).get(seq=seq, kind=Kind.MESSAGE)
    if "be reminded" not in allowed_on_message(who, message):
        raise GoneMessageError
    hers = Reminder.objects.filter(membership__clinician=who)
    if hers.exclude(membership=mine, seq=seq).count() >= MOST_REMINDERS:
        raise FullError

    reminder, _ = Reminder.objects.update_or_create(
        membership=mine, seq=seq, defaults={"due_at": due_at}
    )
    return reminder


@transaction.atomic
def drop_reminder(conversation: Conversation, seq: int, *, by: User) -> None:
    """Where there is none, none is what she wants."""
    mine = place_locked(require("read", by, conversation), conversation)

    mine.reminders.filter(seq=seq).delete()


def tell_reminders(limit: int) -> int:
    """How many were told; any number of times, by any number of workers."""
    due = Reminder.objects.due(timezone.now()).soonest_first()
    return one_by_one(list(due.values_list("pk", flat=True)[:limit]), _tell)


@transaction.atomic
def _tell(key: int) -> int:
    """It goes in the transaction that tells of it: none is told twice. What another
    worker holds is told by that one.
    """
    due = Reminder.objects.due(timezone.now()).filter(pk=key)
    whole = due.select_related(
        "membership__conversation", "membership__clinician__user"
    )
    held = whole.select_for_update(skip_locked=True, of=("self",)).first()
    if held is None:
        return 0
    person = _reader_of(held)

    held.delete()

    if person is None:
        return 0
    room = held.membership.conversation
    of: dict[str, str | int] = {"conversation": str(room.public_id), "seq": held.seq}
    record(Actor.system(), ReminderEvent.TOLD, room, notify=[person], detail=of)
    return 1


def _reader_of(reminder: Reminder) -> User | None:
    """Whose it is, if she may read it still; it is told though she has muted it."""
    mine = reminder.membership
    clinician, person = mine.clinician, mine.clinician.user
    log = Message.objects.visible_to(mine)
    message = log.filter(seq=reminder.seq, kind=Kind.MESSAGE).first()
    if message is None or person is None or not person.is_active:
        return None
    return person if "be reminded" in allowed_on_message(clinician, message) else None
