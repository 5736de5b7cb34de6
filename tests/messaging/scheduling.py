"""What the cast sends later, in one line each."""

from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from messaging.actions.scheduling import schedule_message
from messaging.log import Refused
from messaging.models import Conversation, ScheduledMessage
from messaging.tasks import send_scheduled
from network.clinicians.models import Clinician
from tests.messaging.saying import asked, her

HOUR = timedelta(hours=1)


def schedule(
    who: Clinician,
    conversation: Conversation,
    text: str = "a word for later",
    *,
    at: datetime | None = None,
    reason: str = "",
    **more: Any,
) -> ScheduledMessage:
    made = outcome_of(who, conversation, text, at=at, reason=reason, **more)
    assert isinstance(made, ScheduledMessage), made
    return made


def outcome_of(
    who: Clinician,
    conversation: Conversation,
    text: str = "a word for later",
    *,
    at: datetime | None = None,
    reason: str = "",
    **more: Any,
) -> ScheduledMessage | Refused:
    due = at or timezone.now() + HOUR
    said = asked(who, conversation, **more)
    return schedule_message(said, text, at=due, reason=reason, by=her(who))


def sweep(hours: float = 2) -> int:
    """As if so much time had passed."""
    then = timezone.now() + timedelta(hours=hours)
    with time_machine.travel(then, tick=False):
        return int(send_scheduled())
