"""The words of some messages, as they stand now: the last edit of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from messaging.bodies import Keys, keys_of, open_body
from messaging.log import Entry
from messaging.models import Kind, Message

Place = tuple[int, int]


@dataclass(frozen=True)
class Bodies:
    keys: Keys
    edits: dict[Place, list[Message]]

    @classmethod
    def of(cls, messages: Iterable[Message]) -> "Bodies":
        """Of one conversation or of several."""
        kept = list(messages)
        edits = _edits(kept)
        every = [*kept, *(edit for some in edits.values() for edit in some)]
        return cls(keys_of(map(entry_of, every)), edits)

    def text(self, message: Message) -> str | None:
        last = self.edits.get((message.conversation_id, message.seq), [message])[-1]
        gone = message.recalled_at is not None or message.body is None
        return None if gone else open_body(entry_of(last), self.keys)

    def history(self, message: Message) -> list[tuple[Message, str | None]]:
        """What it said at first, and after each edit."""
        edits = self.edits.get((message.conversation_id, message.seq), [])
        return [(one, open_body(entry_of(one), self.keys)) for one in (message, *edits)]

    def is_edited(self, message: Message) -> bool:
        return (message.conversation_id, message.seq) in self.edits


def _edits(messages: Iterable[Message]) -> dict[Place, list[Message]]:
    places = {(one.conversation_id, one.seq) for one in messages}
    found: dict[Place, list[Message]] = {}
    if not places:
        return found
    edits = Message.objects.filter(
        kind=Kind.EDIT,
        conversation__in={conversation for conversation, _ in places},
        target__in={seq for _, seq in places},
    )
    for edit in edits.select_related("conversation").order_by("seq"):
        place = (edit.conversation_id, edit.target or 0)
        if place in places:
            found.setdefault(place, []).append(edit)
    return found


def entry_of(row: Message) -> Entry:
    """As much of it as its words need to be opened."""
    return Entry(
        conversation=row.conversation.public_id,
        epoch=row.conversation.epoch,
        seq=row.seq,
        kind=row.kind,
        sender=None,
        client_id=row.client_id,
        target=row.target,
        ordinal=row.ordinal,
        key_id=row.key_id,
        body=bytes(row.body) if row.body is not None else None,
        reply_to=None,
        topic=None,
        detail="",
        mentions=(),
        at=row.at,
        expires_at=row.expires_at,
        recalled=row.recalled_at is not None,
    )
