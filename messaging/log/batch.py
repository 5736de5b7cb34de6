"""Several submissions as a few statements, and what became of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from messaging.log.entry import Entry, Refusal, Submission
from messaging.log.questions import Element, Question, Row, array
from messaging.log.statements import KEPT, LOCK, LOCK_PLACES

# Its target is changed by it: whatever else speaks of that waits for the next round.
CHANGING = frozenset({"recall", "pin", "unpin"})


@dataclass(frozen=True)
class Kept:
    """It stands in the log: since now, or since it was sent before."""

    entry: Entry
    is_new: bool


@dataclass(frozen=True)
class Refused:
    code: Refusal


@dataclass(frozen=True)
class Unguarded(Refused):
    """Nobody asked the guard: whoever has the words does, and comes again."""


Outcome = Kept | Refused
Place = tuple[UUID, int]
COLUMNS: tuple[Callable[[Submission], Element], ...] = (
    lambda asked: asked.conversation,
    lambda asked: asked.person,
    lambda asked: asked.kind,
    lambda asked: asked.client_id,
    lambda asked: asked.target,
    lambda asked: asked.key_id,
    lambda asked: asked.body,
    lambda asked: asked.reply_to,
    lambda asked: asked.topic,
    lambda asked: asked.detail,
    lambda asked: array(asked.mentions),
    lambda asked: asked.expires_in,
    lambda asked: None if asked.tokens is None else array(asked.tokens),
    lambda asked: asked.guarded,
    lambda asked: array(asked.files),
    lambda asked: asked.confirm_in,
)


class Verdict(NamedTuple):
    """A row that APPEND answers."""

    number: int  # from 1
    word: str
    old_seq: int | None
    epoch: UUID
    sender: UUID
    seq: int
    ordinal: int
    at: datetime
    expires_at: datetime | None
    mentions: Sequence[UUID]
    confirm_by: datetime | None


class Batch:
    """What is sent twice in it is asked once."""

    def __init__(self, submissions: Sequence[Submission]) -> None:
        self.submissions = submissions
        self._first: dict[object, Submission] = {}
        for asked in submissions:
            self._first.setdefault(_key(asked), asked)
        self._became: dict[object, Outcome] = {}
        self._old: dict[Place, list[object]] = {}

    def rounds(self) -> list[list[Submission]]:
        """In each, no two speak of one message if one of them changes it, and what
        there can be only one of is there once.
        """
        rounds: list[list[Submission]] = [[]]
        spoken: dict[Place, bool] = {}
        had: set[object] = set()
        for asked in self._first.values():
            if not had.isdisjoint(once := _once(asked)):
                rounds.append([])
                spoken, had = {}, set()
            had |= once
            if asked.target is not None:
                place, changes = (asked.conversation, asked.target), _changes(asked)
                if place in spoken and (changes or spoken[place]):
                    rounds.append([])
                    spoken, had = {}, set(once)
                spoken[place] = changes or spoken.get(place, False)
            rounds[-1].append(asked)
        return rounds

    def locks(self, rounds: Sequence[object]) -> list[tuple[str, list[str]]]:
        """The statements that come first; one round locks places in order itself."""
        rooms = array({asked.conversation for asked in self.submissions})
        if len(rounds) == 1:
            return [(LOCK, [rooms])]
        whose = [
            array(asked.conversation for asked in self.submissions),
            array(asked.person for asked in self.submissions),
        ]
        return [(LOCK, [rooms]), (LOCK_PLACES, whose)]

    def note(self, asked: list[Submission], rows: Sequence[Row]) -> None:
        for row in rows:
            verdict = Verdict(*row)
            self._judge(asked[verdict.number - 1], verdict)

    def _judge(self, asked: Submission, verdict: Verdict) -> None:
        if verdict.old_seq is not None:
            place = asked.conversation, verdict.old_seq
            self._old.setdefault(place, []).append(_key(asked))
        elif verdict.word == "new":
            self._became[_key(asked)] = Kept(_entry(asked, verdict), is_new=True)
        elif verdict.word == "unguarded":
            self._became[_key(asked)] = Unguarded(Refusal.NEEDS_REASON)
        else:
            self._became[_key(asked)] = Refused(Refusal(verdict.word))

    @property
    def question(self) -> Question[list[Entry]] | None:
        """What was kept before, if anything was."""
        if not self._old:
            return None
        places = (
            array(place[0] for place in self._old),
            array(s for _, s in self._old),
        )
        return Question(KEPT, places, entries)

    def recall(self, kept: list[Entry]) -> None:
        for entry in kept:
            for key in self._old[entry.conversation, entry.seq]:
                self._became[key] = Kept(entry, is_new=False)

    def outcomes(self) -> list[Outcome]:
        """In the order in which they were submitted."""
        seen: set[object] = set()
        return [self._outcome(asked, seen) for asked in self.submissions]

    def _outcome(self, asked: Submission, seen: set[object]) -> Outcome:
        became = self._became.get(_key(asked), Refused(Refusal.NOT_FOUND))
        if isinstance(became, Refused):
            return became
        if not _is_same(asked, became.entry):
            return Refused(Refusal.CLIENT_ID_REUSED)
        is_new = became.is_new and _key(asked) not in seen
        seen.add(_key(asked))
        return Kept(became.entry, is_new)


def parameters(asked: Sequence[Submission]) -> list[str]:
    return [array(map(column, asked)) for column in COLUMNS]


def entries(rows: Sequence[Row]) -> list[Entry]:
    return [_read(row) for row in rows]


def _read(row: Row) -> Entry:
    entry: Entry = Entry(*row)
    body = None if entry.body is None else bytes(entry.body)
    mentions, files = tuple(entry.mentions), tuple(entry.files)
    return replace(entry, body=body, mentions=mentions, files=files)


def _key(asked: Submission) -> object:
    return asked.conversation, asked.person, asked.client_id


def _once(asked: Submission) -> set[object]:
    """Of each there is one: a file is sent, a message confirmed by one person."""
    is_word = asked.kind == "confirm"
    word = {(asked.conversation, asked.person, asked.target)} if is_word else set()
    return {*asked.files, *word}


def _changes(asked: Submission) -> bool:
    return asked.kind in CHANGING


def _is_same(asked: Submission, entry: Entry) -> bool:
    """Save the body, which only whoever has the key can compare."""
    said = (asked.kind, asked.target, asked.reply_to, asked.topic, asked.detail)
    kept = (entry.kind, entry.target, entry.reply_to, entry.topic, entry.detail)
    return said == kept and asked.files == entry.files


def _entry(asked: Submission, verdict: Verdict) -> Entry:
    return Entry(
        conversation=asked.conversation,
        epoch=verdict.epoch,
        seq=verdict.seq,
        kind=asked.kind,
        sender=verdict.sender,
        client_id=asked.client_id,
        target=asked.target,
        ordinal=verdict.ordinal,
        key_id=asked.key_id,
        body=asked.body,
        reply_to=asked.reply_to,
        topic=asked.topic,
        detail=asked.detail,
        mentions=tuple(verdict.mentions),
        at=verdict.at,
        expires_at=verdict.expires_at,
        recalled=False,
        files=asked.files,
        confirm_by=verdict.confirm_by,
    )
