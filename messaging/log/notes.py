"""What an action writes into the log beside its own rows."""

from dataclasses import dataclass

from django.utils import timezone

from messaging.log.entry import Entry
from messaging.models import Conversation, Message, Topic
from network.clinicians.models import Clinician


@dataclass(frozen=True)
class Note:
    kind: str
    sender: Clinician | None = None
    about: Clinician | None = None
    target: int | None = None
    topic: Topic | None = None


def write(conversation: Conversation, notes: list[Note]) -> list[Entry]:
    """In the transaction of an action that has locked the conversation."""
    first = conversation.last_seq + 1
    rows = [_row(conversation, seq, note) for seq, note in enumerate(notes, first)]
    Message.objects.bulk_create(rows)
    conversation.last_seq += len(rows)
    conversation.save(update_fields=["last_seq"])
    return [entry_of(row) for row in rows]


def _row(conversation: Conversation, seq: int, note: Note) -> Message:
    return Message(
        conversation=conversation,
        seq=seq,
        kind=note.kind,
        sender=note.sender,
        target=note.target,
        topic=note.topic,
        ordinal=conversation.last_ordinal,
        detail=str(note.about.public_id) if note.about else "",
        at=timezone.now(),
    )


def entry_of(row: Message) -> Entry:
    """With its conversation, sender and topic, best fetched along with it."""
    return Entry(
        conversation=row.conversation.public_id,
        epoch=row.conversation.epoch,
        seq=row.seq,
        kind=row.kind,
        sender=row.sender.public_id if row.sender else None,
        client_id=row.client_id,
        target=row.target,
        ordinal=row.ordinal,
        key_id=row.key_id,
        body=None if row.body is None else bytes(row.body),
        reply_to=row.reply_to,
        topic=row.topic.public_id if row.topic else None,
        detail=row.detail,
        mentions=tuple(row.mentions),
        at=row.at,
        expires_at=row.expires_at,
        recalled=row.recalled_at is not None,
        files=tuple(row.files),
        confirm_by=row.confirm_by,
    )
