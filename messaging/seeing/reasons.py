"""What was sent although it tells who somebody is, and why."""

from dataclasses import dataclass
from datetime import datetime

from messaging.guarding import Reason
from messaging.models import Membership, Message
from messaging.wire import FORMER

LABELS: dict[str | None, str] = {one.value: str(one.label) for one in Reason}


@dataclass(frozen=True)
class Named:
    at: datetime
    who: str
    why: str


def named(membership: Membership, most: int) -> list[Named]:
    """The newest first, of what she may read."""
    log = Message.objects.visible_to(membership).filter(guard_reason__isnull=False)
    return [_named(row) for row in log.order_by("-seq")[:most]]


def _named(row: Message) -> Named:
    who = row.sender.display_name if row.sender else FORMER
    return Named(row.at, who, LABELS.get(row.guard_reason, ""))
