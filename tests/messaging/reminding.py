"""Of what the cast wants to be reminded, in one line each."""

from datetime import datetime, timedelta

import time_machine
from django.utils import timezone

from messaging import tasks
from messaging.actions.reminders import set_reminder
from messaging.models import Conversation, Reminder
from network.activity.models import Notification
from network.clinicians.models import Clinician
from tests.messaging.saying import her

TOLD = "reminder.told"


def in_hours(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)


def remind(
    who: Clinician, room: Conversation, seq: int = 1, hours: float = 1
) -> Reminder:
    return set_reminder(room, seq, in_hours(hours), by=her(who))


def standing(who: Clinician) -> list[int]:
    rows = Reminder.objects.filter(membership__clinician=who).order_by("seq")
    return list(rows.values_list("seq", flat=True))


def tell(hours: float = 2) -> int:
    with time_machine.travel(in_hours(hours), tick=False):
        return int(tasks.tell_reminders())


def told(who: Clinician) -> list[int]:
    """Of which messages, in the order in which she was told."""
    mine = Notification.objects.visible_to(her(who)).filter(event__verb=TOLD)
    events = mine.select_related("event").order_by("pk")
    return [one.event.detail["seq"] for one in events]
