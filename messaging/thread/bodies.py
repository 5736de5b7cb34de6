"""The words of some messages: the last edit of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from messaging.bodies import Keys, keys_of, open_body
from messaging.limits import LAST_SEQ
from messaging.log import entry_of
from messaging.models import Kind, Message

Place = tuple[int, int]


@dataclass(frozen=True)
class Bodies:
    keys: Keys
    edits: dict[Place, list[Message]]

    @classmethod
    def of(cls, messages: Iterable[Message], *, upto: int = LAST_SEQ) -> "Bodies":
        """Of one conversation or of several, as they stand now or stood there."""
        kept = list(messages)
        edits = _edits(kept, upto)
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


def _edits(messages: Iterable[Message], upto: int) -> dict[Place, list[Message]]:
    places = {(one.conversation_id, one.seq) for one in messages}
    found: dict[Place, list[Message]] = {}
    if not places:
        return found
    edits = Message.objects.whole().filter(
        kind=Kind.EDIT,
        seq__lte=upto,
        conversation__in={conversation for conversation, _ in places},
        target__in={seq for _, seq in places},
    )
    for edit in edits.order_by("seq"):
        place = (edit.conversation_id, edit.target or 0)
        if place in places:
            found.setdefault(place, []).append(edit)
    return found
