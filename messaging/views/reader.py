"""Reads rows of a log for one member: their words, and what is said about them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from messaging.models import Kind, Membership, Message
from messaging.views.bodies import Bodies
from messaging.views.lines import Chosen, Line, Quote, goes_on, is_new_day
from messaging.views.words import NOTES, REACTIONS, gone_words
from messaging.wire import FORMER
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid

# Of a message: who chose which reaction, in the order of choosing.
Choices = dict[str, list[str]]


@dataclass(frozen=True)
class Reader:
    membership: Membership
    rows: Sequence[Message]
    bodies: Bodies
    answered: dict[int, Message]
    choices: dict[int, Choices]
    names: dict[str, str]

    @classmethod
    def of(cls, membership: Membership, rows: Sequence[Message]) -> "Reader":
        answered = _answered(membership, rows)
        return cls(
            membership,
            rows,
            Bodies.of([*rows, *answered.values()]),
            answered,
            _choices(membership, rows),
            _names(rows),
        )

    @property
    def me(self) -> Clinician:
        return self.membership.clinician

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
        is_hers = row.sender_id == self.me.pk
        new = row.seq > self.membership.read_seq
        return new and row.kind == Kind.MESSAGE and not is_hers

    def _line(self, row: Message, before: Message | None, *, is_first: bool) -> Line:
        body = self.bodies.text(row)
        return Line(
            row,
            self.me,
            body=body,
            words="" if body is not None else self._words(row),
            quote=self._quote(row.reply_to) if body is not None else None,
            reactions=self._chosen(row.seq) if body is not None else (),
            is_edited=body is not None and self.bodies.is_edited(row),
            begins_day=is_new_day(before, row),
            follows=not is_first and goes_on(before, row),
            is_first_unread=is_first,
        )

    def _words(self, row: Message) -> str:
        if row.kind == Kind.MESSAGE:
            return gone_words(row)
        by = str(row.sender.public_id) if row.sender else ""
        who = row.detail or by
        person = "You" if who == str(self.me.public_id) else self.names.get(who, FORMER)
        return NOTES[Kind(row.kind)].format(person=person)

    def _quote(self, seq: int | None) -> Quote | None:
        row = self.answered.get(seq or 0)
        if row is None:
            return None
        body = self.bodies.text(row)
        words = "" if body is not None else gone_words(row)
        is_shown = row.seq >= self.rows[0].seq
        return Line(row, self.me, body, words).quoted(is_shown=is_shown)

    def _chosen(self, seq: int) -> list[Chosen]:
        mine = str(self.me.public_id)
        return [
            Chosen(REACTIONS[code], people, mine in people)
            for code, people in self.choices.get(seq, {}).items()
            if people and code in REACTIONS
        ]


def _answered(membership: Membership, rows: Iterable[Message]) -> dict[int, Message]:
    """What is quoted, if she may see it."""
    seqs = {row.reply_to for row in rows if row.reply_to}
    if not seqs:
        return {}
    log = membership.conversation.log.filter(seq__gt=membership.from_seq)
    found = log.filter(kind=Kind.MESSAGE, seq__in=seqs)
    return {row.seq: row for row in found.select_related("sender", "conversation")}


def _choices(membership: Membership, rows: Iterable[Message]) -> dict[int, Choices]:
    log = membership.conversation.log.filter(kind=Kind.REACTION)
    said = log.filter(target__in=[row.seq for row in rows]).order_by("seq")
    found: dict[int, Choices] = defaultdict(dict)
    for target, detail, person in said.values_list(
        "target", "detail", "sender__public_id"
    ):
        people = found[target or 0].setdefault(detail[1:], [])
        if detail.startswith("+") and str(person) not in people:
            people.append(str(person))
        elif detail.startswith("-") and str(person) in people:
            people.remove(str(person))
    return found


def _names(rows: Iterable[Message]) -> dict[str, str]:
    """Of those whom a note speaks of; whoever is erased has none."""
    names = {str(row.sender.public_id): row.sender.name for row in rows if row.sender}
    ids = {row.detail for row in rows if is_uuid(row.detail)}
    if not ids:
        return names
    found = Clinician.objects.filter(public_id__in=ids)
    said = found.values_list("public_id", "name")
    return names | {str(public_id): name for public_id, name in said}
