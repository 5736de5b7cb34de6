"""What one member takes away: nothing that she may not read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from messaging.copies.parts import Part
from messaging.models import Kind, Membership
from messaging.permissions import NOTHING
from messaging.seeing import Act, Reading, acts, readers
from messaging.thread import Shown, Thread
from messaging.views.words import EXPIRED, LOST, NOTES, RECALLED

AT_ONCE = 250
GONE = {"recalled": RECALLED, "disappeared": EXPIRED, "lost": LOST}


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

    def lines(self) -> Iterator[Shown]:
        """A few at a time: all of them would fill the memory."""
        thread = Thread(self.membership, NOTHING)
        skipped = (self.part.number - 1) * self.part.size
        since, left = thread.place_after(skipped), self.part.size
        while left:
            page = thread.after(since, min(left, AT_ONCE))
            yield from page.lines
            left -= len(page.lines)
            if not page.has_newer:
                return
            since = page.lines[-1].seq


def why_gone(line: Shown) -> str:
    """Of a message without its words."""
    if line.is_recalled:
        return "recalled"
    return "disappeared" if line.is_expired else "lost"


def words_of(line: Shown) -> str:
    """What is read of it, whatever it is."""
    if not line.is_message:
        return NOTES[Kind(line.kind)].format(person=line.about or line.sender_name)
    return GONE[why_gone(line)] if line.text is None else line.text
