"""Reads rows of a log for one member: their words, and what is said about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from messaging.attachments import File, files_of
from messaging.models import Kind, Membership, Message
from messaging.thread.asking import Asking, askings
from messaging.thread.bodies import Bodies
from messaging.thread.lines import Chosen, Line, Quote, goes_on, is_new_day
from messaging.thread.words import REACTIONS
from messaging.wire import ABOUT_PEOPLE
from network.clinicians.models import Clinician

# Of a message: who chose which reaction, in the order of choosing.
Choices = dict[str, list[Clinician]]


@dataclass(frozen=True)
class Reader:
    """`me` is whom it calls “you”."""

    membership: Membership
    me: Clinician | None
    rows: Sequence[Message]
    bodies: Bodies
    answered: dict[int, Message]
    choices: dict[int, Choices]
    people: dict[str, Clinician]
    files: Mapping[int, list[File]]
    askings: Mapping[int, Asking]

    @classmethod
    def of(
        cls, membership: Membership, rows: Sequence[Message], *, is_copy: bool = False
    ) -> "Reader":
        """A copy is read by others too: it calls nobody “you”."""
        answered = _answered(membership, rows)
        me = None if is_copy else membership.clinician
        return cls(
            membership,
            me,
            rows,
            Bodies.of([*rows, *answered.values()], upto=_upto(membership)),
            answered,
            _choices(membership, rows),
            _people(rows),
            _files(membership, rows),
            askings(membership, me, rows, _upto(membership)),
        )

    def lines(self, *, mark_unread: bool = False) -> list[Line]:
        made: list[Line] = []
        before: Message | None = None
        for row in self.rows:
            is_first = mark_unread and self._is_unread(row)
            mark_unread = mark_unread and not is_first
            made.append(self._line(row, before, is_first=is_first))
            before = row
        return made

    def _is_unread(self, row: Message) -> bool:
        return row.kind == Kind.MESSAGE and row.seq > self.membership.read_seq

    def _line(self, row: Message, before: Message | None, *, is_first: bool) -> Line:
        body = self.bodies.text(row)
        return Line(
            row,
            self.me,
            body=body,
            about=self.people.get(row.detail) if row.detail else row.sender,
            quote=self._quote(row.reply_to) if body is not None else None,
            reactions=self._chosen(row.seq) if body is not None else (),
            files=self.files.get(row.seq, ()) if body is not None else (),
            asking=self.askings.get(row.seq) if body is not None else None,
            is_edited=body is not None and self.bodies.is_edited(row),
            begins_day=is_new_day(before, row),
            follows=not is_first and goes_on(before, row),
            is_first_unread=is_first,
        )

    def _quote(self, seq: int | None) -> Quote | None:
        row = self.answered.get(seq or 0)
        if row is None:
            return None
        is_shown = row.seq >= self.rows[0].seq
        return Line(row, self.me, self.bodies.text(row)).quoted(is_shown=is_shown)

    def _chosen(self, seq: int) -> list[Chosen]:
        return [
            Chosen(REACTIONS[code], people, self.me in people)
            for code, people in self.choices.get(seq, {}).items()
            if people and code in REACTIONS
        ]


def _answered(membership: Membership, rows: Iterable[Message]) -> dict[int, Message]:
    """What is quoted, if she may see it."""
    seqs = {row.reply_to for row in rows if row.reply_to}
    if not seqs:
        return {}
    log = Message.objects.visible_to(membership)
    return {row.seq: row for row in log.filter(kind=Kind.MESSAGE, seq__in=seqs)}


def _choices(membership: Membership, rows: Iterable[Message]) -> dict[int, Choices]:
    """Nobody knows any more who of the former colleagues chose what: left out."""
    log = membership.conversation.log.filter(seq__lte=_upto(membership))
    seqs = [row.seq for row in rows]
    said = log.filter(kind=Kind.REACTION, target__in=seqs).order_by("seq")
    found: dict[int, Choices] = defaultdict(dict)
    for row in said.select_related("sender"):
        people = found[row.target or 0].setdefault(row.detail[1:], [])
        if row.sender in people:
            people.remove(row.sender)
        if row.sender and row.detail.startswith("+"):
            people.append(row.sender)
    return found


def _upto(membership: Membership) -> int:
    """How far the log went when she was seen to belong here."""
    return membership.conversation.last_seq


def _files(membership: Membership, rows: Iterable[Message]) -> Mapping[int, list[File]]:
    """Asked for only where a message brought some."""
    seqs = [row.seq for row in rows if row.files]
    if not seqs:
        return {}
    return files_of(membership.conversation, seqs, membership.clinician)


def _people(rows: Iterable[Message]) -> dict[str, Clinician]:
    """Of whom the notes speak; whoever is erased is not among them."""
    ids = {row.detail for row in rows if row.kind in ABOUT_PEOPLE}
    found = Clinician.objects.filter(public_id__in=ids) if ids else ()
    return {str(one.public_id): one for one in found}
