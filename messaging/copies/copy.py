"""What one member takes away: nothing that she may not read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from messaging.copies.parts import Part
from messaging.models import Membership
from messaging.seeing import Act, Reading, acts, readers
from messaging.thread.lines import Line
from messaging.thread.page import rows_of
from messaging.thread.reader import Reader

AT_ONCE = 250


@dataclass(frozen=True)
class Copy:
    """One part of a conversation, for the member (with conversation and clinician)."""

    membership: Membership
    part: Part
    title: str
    made_at: datetime
    now: list[Reading]
    before: list[Reading]
    acts: list[Act]

    @classmethod
    def of(cls, membership: Membership, part: Part, title: str) -> "Copy":
        now, before = readers(membership)
        told = acts(membership)[::-1]
        return cls(membership, part, title, timezone.now(), now, before, told)

    def lines(self) -> Iterator[Line]:
        """A few at a time: all of them would fill the memory."""
        rows = rows_of(self.membership).order_by("seq")
        first = (self.part.number - 1) * self.part.size
        places = list(
            rows.values_list("seq", flat=True)[first : first + self.part.size]
        )
        for start in range(0, len(places), AT_ONCE):
            here = places[start : start + AT_ONCE]
            few = list(rows.filter(seq__range=(here[0], here[-1])))
            yield from Reader.of(self.membership, few, is_copy=True).lines()
