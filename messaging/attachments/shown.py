"""What is told of files: to whoever reads the messages they belong to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.urls import reverse

from messaging.attachments.boxes import label_of
from messaging.models import Attachment, Conversation
from network.clinicians.models import Clinician
from network.privacy.data_keys import DataKey, known_keys
from network.privacy.files import Kind
from network.privacy.keys import Unreadable

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class File:
    """One that can be opened."""

    public_id: UUID
    conversation: UUID
    seq: int | None
    kind: Kind
    name: str
    size: int
    sha256: str
    is_telling: bool

    @property
    def is_picture(self) -> bool:
        return self.kind.is_picture

    @property
    def address(self) -> str:
        return reverse("messaging:file", args=[self.conversation, self.public_id])


def files_of(
    conversation: Conversation, seqs: Iterable[int], reader: Clinician
) -> Mapping[int, list[File]]:
    """By the message they belong to, where there are any."""
    rows = Attachment.objects.visible_to(reader).filter(conversation=conversation)
    found: dict[int, list[File]] = defaultdict(list)
    for file in opened(rows.filter(seq__in=list(seqs)).order_by("uploaded_at", "pk")):
        if file.seq is not None:
            found[file.seq].append(file)
    return found


def unsent_files(conversation: Conversation, sender: Clinician) -> list[File]:
    """What she has attached and not sent yet."""
    rows = Attachment.objects.visible_to(sender).unsent(sender)
    return opened(rows.filter(conversation=conversation))


def opened(rows: Iterable[Attachment]) -> list[File]:
    """Without those whose key is gone: nobody can read so much as their names."""
    kept = list(rows)
    keys = known_keys(row.key_id for row in kept)
    return [file for row in kept if (file := _opened(row, keys))]


def _opened(row: Attachment, keys: Mapping[UUID, DataKey]) -> File | None:
    if (key := keys.get(row.key_id)) is None:
        return None
    try:
        label = label_of(row, key)
    except Unreadable:
        log.error("file_unreadable", file=str(row.public_id))
        return None
    room = row.conversation.public_id
    kind, told = Kind(row.kind), row.is_telling
    return File(
        row.public_id, room, row.seq, kind, label.name, row.size, label.sha256, told
    )
