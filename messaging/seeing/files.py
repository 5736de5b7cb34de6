"""The files of a conversation, and who has opened each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from messaging.attachments import File
from messaging.attachments.shown import opened
from messaging.events import ConversationEvent
from messaging.models import Attachment, Membership
from messaging.wire import FORMER
from network.activity.models import Event
from network.clinicians.models import Clinician


@dataclass(frozen=True)
class Seen:
    """When it was attached, by whom, and who opened it first when."""

    file: File
    at: datetime
    sender: str
    openings: list[tuple[str, datetime]]


def files_seen(membership: Membership, most: int) -> list[Seen]:
    """The newest first, of what she may read."""
    visible = Attachment.objects.visible_to(membership.clinician)
    sent = visible.filter(conversation=membership.conversation_id, seq__isnull=False)
    rows = list(sent.select_related("conversation", "sender").order_by("-seq")[:most])
    kept = {row.public_id: row for row in rows}
    openings = _openings(membership, {str(one) for one in kept})
    return [_seen(file, kept[file.public_id], openings) for file in opened(rows)]


Openings = dict[str, list[tuple[str, datetime]]]


def _seen(file: File, row: Attachment, openings: Openings) -> Seen:
    sender = row.sender.display_name if row.sender else FORMER
    return Seen(file, row.uploaded_at, sender, openings[str(file.public_id)])


def _openings(membership: Membership, files: set[str]) -> Openings:
    """Each person once, in the order in which they first opened it."""
    verb = ConversationEvent.FILE_OPENED
    told = Event.objects.about(membership.conversation).filter(verb=verb)
    events = list(told.filter(detail__file__in=files)) if files else []
    names = _names(event.actor_id for event in events)
    found: dict[str, dict[str, datetime]] = defaultdict(dict)
    for event in events:
        found[event.detail["file"]].setdefault(event.actor_id, event.at)
    return defaultdict(
        list,
        {
            file: [(names.get(who, FORMER), at) for who, at in first.items()]
            for file, first in found.items()
        },
    )


def _names(people: Iterable[str]) -> dict[str, str]:
    rows = Clinician.objects.filter(user__public_id__in=set(people)).select_related(
        "user"
    )
    return {str(row.user.public_id): row.display_name for row in rows if row.user}
