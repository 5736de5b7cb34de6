"""Files that the cast attaches and sends."""

from typing import Any
from uuid import UUID

from messaging.actions.attachments import attach
from messaging.log import Entry
from messaging.models import Attachment, Conversation
from network.clinicians.models import Clinician
from network.privacy.files import screened
from tests.messaging.saying import her, say

NOTES = b"what helped: ERP, twice a week"


def attached(
    who: Clinician,
    room: Conversation,
    content: bytes = NOTES,
    name: str = "helped.txt",
) -> UUID:
    attach(room, name, screened(content), by=her(who))
    newest: UUID = Attachment.objects.latest("pk").public_id
    return newest


def send_file(
    who: Clinician, room: Conversation, content: bytes = NOTES, **more: Any
) -> Entry:
    """A message with nothing but a file."""
    name = more.pop("name", "helped.txt")
    return say(who, room, "", files=(attached(who, room, content, name),), **more)


def files_in(room: Conversation) -> list[tuple[int | None, str]]:
    rows = Attachment.objects.filter(conversation=room).order_by("pk")
    return [(row.seq, row.kind) for row in rows]
