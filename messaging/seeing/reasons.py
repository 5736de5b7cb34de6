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
    log = Message.objects.filter(conversation=membership.conversation_id)
    with_reason = log.filter(seq__gt=membership.from_seq, guard_reason__isnull=False)
    rows = with_reason.select_related("sender").order_by("-seq")[:most]
    return [_named(row) for row in rows]


def _named(row: Message) -> Named:
    who = row.sender.display_name if row.sender else FORMER
    return Named(row.at, who, LABELS.get(row.guard_reason, ""))
