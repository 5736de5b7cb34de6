"""Notices about a conversation that are over."""

from messaging.events import ConfirmationEvent, NoticeEvent, ReminderEvent
from messaging.models import Membership
from network.activity.actions import settle_these
from network.activity.models import Notification

# They lead to what only its members find.
INSIDE = (
    NoticeEvent.WAITING,
    ReminderEvent.TOLD,
    ConfirmationEvent.ASKED,
    ConfirmationEvent.MISSED,
)


def settle_in(place: Membership, *verbs: str) -> None:
    """Hers are read. Belongs to the transaction of an action that holds her place."""
    told = Notification.objects.unread().filter(event__verb__in=verbs)
    about = told.filter(event__subject_id=str(place.conversation_id))
    settle_these(about.filter(person__clinician=place.clinician_id))
