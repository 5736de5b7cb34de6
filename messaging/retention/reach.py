"""What goes when messages are kept for so long: before it is decided, and then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from messaging.models import Conversation, Kind, Message


@dataclass(frozen=True)
class Reach:
    """So many messages of up to this moment; none, and it is empty."""

    messages: int
    until: datetime | None


def before(days: int) -> datetime:
    """What was written earlier is older than that."""
    return timezone.now() - timedelta(days=days)


def old_messages(conversation: Conversation, days: int) -> QuerySet[Message]:
    """Those that still have their words; what edits them goes with them."""
    log = Message.objects.filter(conversation=conversation, kind=Kind.MESSAGE)
    return log.filter(at__lt=before(days), body__isnull=False)


def reach(conversation: Conversation, days: int | None) -> Reach:
    if not days:
        return Reach(0, None)
    old = old_messages(conversation, days)
    found = old.aggregate(messages=Count("seq"), until=Max("at"))
    return Reach(**found)
