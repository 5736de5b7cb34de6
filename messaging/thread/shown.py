"""What is shown of an entry, with what later entries say of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from messaging.bodies import Keys, open_body
from messaging.log import Entry, entry_of
from messaging.models import Kind, Message, Topic
from messaging.reactions import Reaction
from messaging.wire import FORMER
from network.clinicians.models import Clinician

PREVIEW = 140  # characters


@dataclass(frozen=True)
class Counted:
    """A reaction, and who has it."""

    code: str
    label: str
    names: tuple[str, ...]
    is_mine: bool

    @property
    def count(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class Preview:
    """What a reply answers; no text when that is gone."""

    seq: int
    sender: str
    text: str | None


@dataclass(frozen=True)
class Shown:
    """A message as it reads today, or a line about who came and went.

    Without a sender it is a former colleague's; without a text it was recalled, has
    expired, or cannot be read any more.
    """

    seq: int
    kind: str
    at: datetime
    sender: Clinician | None
    client_id: UUID | None
    text: str | None
    about: str  # the name of who joined, left or was removed
    is_mine: bool
    is_edited: bool
    is_recalled: bool
    is_expired: bool
    is_pinned: bool
    is_mentioning_me: bool
    expires_at: datetime | None
    reply: Preview | None
    topic: Topic | None
    reactions: tuple[Counted, ...]
    allowed: frozenset[str]

    @property
    def is_message(self) -> bool:
        return self.kind == Kind.MESSAGE

    @property
    def sender_name(self) -> str:
        return self.sender.display_name if self.sender else FORMER


@dataclass(frozen=True)
class Folding:
    """A page of rows, and the rows and keys that it takes to show them."""

    reader: Clinician
    keys: Keys
    names: Mapping[UUID, str]
    answered: Mapping[int, Message]
    edits: Mapping[int, Entry]
    reactions: Mapping[int, tuple[Counted, ...]]

    def shown(self, row: Message, allowed: frozenset[str]) -> Shown:
        return Shown(
            seq=row.seq,
            kind=row.kind,
            at=row.at,
            sender=row.sender,
            client_id=row.client_id,
            text=words_of(row, self.edits.get(row.seq), self.keys),
            about=self._about(row),
            is_mine=row.sender_id == self.reader.pk,
            is_edited=row.seq in self.edits,
            is_recalled=row.recalled_at is not None,
            is_expired=_is_over(row),
            is_pinned=row.pinned_at is not None,
            is_mentioning_me=self.reader.public_id in row.mentions,
            expires_at=row.expires_at,
            reply=self._preview(row.reply_to),
            topic=row.topic,
            reactions=self.reactions.get(row.seq, ()),
            allowed=allowed,
        )

    def _about(self, row: Message) -> str:
        if row.kind not in (Kind.JOINED, Kind.LEFT, Kind.REMOVED):
            return ""
        return self.names.get(UUID(row.detail), FORMER)

    def _preview(self, seq: int | None) -> Preview | None:
        if seq is None or (row := self.answered.get(seq)) is None:
            return None
        text = words_of(row, self.edits.get(seq), self.keys)
        sender = row.sender.display_name if row.sender else FORMER
        return Preview(seq, sender, text and text[:PREVIEW])


def words_of(row: Message, edit: Entry | None, keys: Keys) -> str | None:
    """The newest ones; those of an edit go with the message."""
    if row.body is None or _is_over(row):
        return None
    return open_body(edit or entry_of(row), keys)


def newest_edits(rows: Iterable[Message]) -> dict[int, Entry]:
    """By what they edit, of rows in their order."""
    return {
        row.target: entry_of(row)
        for row in rows
        if row.kind == Kind.EDIT and row.target and row.body is not None
    }


def reactions_in(
    rows: Iterable[Message], reader: Clinician
) -> dict[int, tuple[Counted, ...]]:
    """By what they speak of: the last word of each colleague on each reaction stands.

    Nobody knows any more who of the former colleagues said what: theirs are not shown.
    """
    last: dict[tuple[int, int, str], Message] = {}
    for row in rows:
        if row.kind == Kind.REACTION and row.target and row.sender_id:
            key = row.target, row.sender_id, row.detail[1:]
            last.pop(key, None)
            last[key] = row
    given: dict[int, dict[str, list[Clinician]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for (target, _, code), row in last.items():
        if row.detail.startswith("+") and row.sender:
            given[target][code].append(row.sender)
    return {target: _counted(codes, reader) for target, codes in given.items()}


def _counted(
    codes: Mapping[str, Collection[Clinician]], reader: Clinician
) -> tuple[Counted, ...]:
    return tuple(
        Counted(
            one.value,
            str(one.label),
            tuple(person.display_name for person in codes[one.value]),
            reader in codes[one.value],
        )
        for one in Reaction
        if one.value in codes
    )


def _is_over(row: Message) -> bool:
    return row.expires_at is not None and row.expires_at <= timezone.now()
