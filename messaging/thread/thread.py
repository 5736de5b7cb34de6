"""Pages of one conversation for one of its members: a few queries, however long."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from messaging.bodies import keys_of
from messaging.log import ask, entry_of, names_of
from messaging.models import Kind, Membership, Message, Topic
from messaging.permissions import NOTHING, ways_with
from messaging.thread.shown import Folding, Shown, newest_edits, reactions_in

SIZE = 50
LINES = (
    Kind.MESSAGE,
    Kind.JOINED,
    Kind.LEFT,
    Kind.REMOVED,
    Kind.TITLED,
    Kind.KEPT,
    Kind.TOPIC,
    Kind.GUARDED,
)
SPEAKING = (Kind.EDIT, Kind.REACTION)
PEOPLE = (Kind.JOINED, Kind.LEFT, Kind.REMOVED)


@dataclass(frozen=True)
class Page:
    """In the order of the log. `first_unread` is where the line of the unread goes."""

    lines: list[Shown]
    has_older: bool
    has_newer: bool
    first_unread: int | None


@dataclass(frozen=True)
class Thread:
    """What her membership (with its conversation and clinician) lets her read, and
    what `allowed` says of the conversation.
    """

    membership: Membership
    ways: frozenset[str]
    topic: Topic | None = None

    def newest(self, size: int = SIZE) -> Page:
        found = self._older(self._lines(), size)
        return self._page(found[:size], has_older=len(found) > size)

    def before(self, seq: int, size: int = SIZE) -> Page:
        found = self._older(self._lines().filter(seq__lt=seq), size)
        return self._page(found[:size], has_older=len(found) > size, has_newer=True)

    def after(self, seq: int, size: int = SIZE) -> Page:
        found = self._newer(self._lines().filter(seq__gt=seq), size)
        return self._page(found[:size], has_older=True, has_newer=len(found) > size)

    def around(self, seq: int, size: int = SIZE) -> Page:
        """It, what was shortly before, and what came after."""
        half = size // 2
        older = self._older(self._lines().filter(seq__lt=seq), half)
        newer = self._newer(self._lines().filter(seq__gte=seq), size)
        return self._page(
            [*older[:half], *newer[:size]],
            has_older=len(older) > half,
            has_newer=len(newer) > size,
        )

    def around_unread(self, size: int = SIZE) -> Page:
        """The newest page when she has read everything."""
        if self.membership.unread == 0 or (first := self.first_unread()) is None:
            return self.newest(size)
        return self.around(first, size)

    def first_unread(self) -> int | None:
        after = self._lines().filter(
            kind=Kind.MESSAGE, seq__gt=self.membership.read_seq
        )
        return after.order_by("seq").values_list("seq", flat=True).first()

    def place_after(self, lines: int) -> int:
        """Where so many of them, the oldest first, end."""
        if lines == 0:
            return self.membership.from_seq
        return self._lines().order_by("seq").values_list("seq", flat=True)[lines - 1]

    def one(self, seq: int) -> Shown | None:
        found = self._page(self._lines().filter(seq=seq))
        return found.lines[0] if found.lines else None

    def pinned(self) -> list[Shown]:
        """The last pinned first."""
        rows = self._lines().filter(pinned_at__isnull=False).order_by("-pinned_at")
        lines = {line.seq: line for line in self._page(rows).lines}
        return [lines[row.seq] for row in rows]

    def _lines(self) -> QuerySet[Message]:
        rows = self._log().filter(kind__in=LINES)
        return rows.filter(topic=self.topic) if self.topic else rows

    def _log(self) -> QuerySet[Message]:
        log = Message.objects.filter(conversation=self.membership.conversation_id)
        log = log.filter(seq__gt=self.membership.from_seq)
        return log.select_related("conversation", "sender", "topic")

    def _older(self, rows: QuerySet[Message], size: int) -> list[Message]:
        return list(rows.order_by("-seq")[: size + 1])

    def _newer(self, rows: QuerySet[Message], size: int) -> list[Message]:
        return list(rows.order_by("seq")[: size + 1])

    def _page(
        self,
        rows: Iterable[Message],
        *,
        has_older: bool = False,
        has_newer: bool = False,
    ) -> Page:
        lines = sorted(rows, key=lambda row: row.seq)
        folding = self._folding(lines)
        shown = [folding.shown(row, self._allowed(row)) for row in lines]
        return Page(shown, has_older, has_newer, self._first_unread_of(lines))

    def _first_unread_of(self, lines: list[Message]) -> int | None:
        read = self.membership.read_seq
        unread = (row.seq for row in lines if row.kind == Kind.MESSAGE)
        return next((seq for seq in unread if seq > read), None)

    def _allowed(self, row: Message) -> frozenset[str]:
        if "write" not in self.ways:
            return NOTHING
        return ways_with(row, self.membership.clinician_id)

    def _folding(self, lines: list[Message]) -> Folding:
        answered = self._answered(lines)
        shown = {row.seq for row in lines} | answered.keys()
        speaking = self._log().filter(kind__in=SPEAKING, target__in=shown)
        spoken = list(speaking.order_by("seq")) if shown else []
        edits = newest_edits(spoken)
        bodies = [*map(entry_of, (*lines, *answered.values())), *edits.values()]
        return Folding(
            reader=self.membership.clinician,
            keys=keys_of(bodies),
            names=_names(lines),
            answered=answered,
            edits=edits,
            reactions=reactions_in(spoken, self.membership.clinician),
        )

    def _answered(self, lines: list[Message]) -> dict[int, Message]:
        """What replies on the page answer, on it or not."""
        known = {row.seq: row for row in lines}
        wanted = {row.reply_to for row in lines if row.reply_to}
        missing = wanted - known.keys()
        far = self._log().filter(seq__in=missing) if missing else ()
        found = known | {row.seq: row for row in far}
        return {seq: found[seq] for seq in wanted if seq in found}


def _names(lines: list[Message]) -> dict[UUID, str]:
    about = {UUID(row.detail) for row in lines if row.kind in PEOPLE}
    return ask(names_of(about)) if about else {}
