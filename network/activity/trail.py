"""Every row of the trail against itself, its neighbours, its head, its anchors."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from network.activity.anchors import Mark
from network.activity.ledger import Chain, Row, chains
from network.activity.models import Event
from network.activity.sealed import CHANGED, REMOVED, Sealed, Times

REORDERED, CUT, BACKDATED = "reordered", "cut", "backdated"
# A transaction may have begun before the anchor that could not see its rows yet.
LONGEST_TRANSACTION = timedelta(hours=1)


class Fault(NamedTuple):
    subject: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.subject} {self.seq} {self.what}"


@dataclass
class Walk:
    """How far a chain has been followed, and what is known of its end."""

    chain: Chain
    times: Times
    seq: int = 0
    # None after a fault: the next link is not held to it.
    hash: str | None = ""
    # In the order of their places.
    marks: list[Mark] = field(default_factory=list)
    head_seq: int = 0
    head_hash: str | None = None

    def fault(self, seq: int, what: str) -> Fault:
        return Fault(":".join(self.chain), seq, what)

    def mark_at_or_after(self, seq: int) -> Mark | None:
        place = bisect_left(self.marks, seq, key=lambda mark: mark.seq)
        return self.marks[place] if place < len(self.marks) else None

    def gap(self, until: int, what: str) -> Iterator[Fault]:
        for seq in range(self.seq + 1, until + 1):
            yield self.fault(seq, what)


def faults(directory: Path) -> Iterator[Fault]:
    """All of them, chain by chain; then those of the anchors themselves."""
    sealed = Sealed.at(directory)
    times = sealed.times()
    for chain, entries in chains(directory):
        yield from _once_each(_chain_faults(Walk(chain, times), entries))
    for number, what in sealed.faults():
        yield Fault("anchor", number, what)


def is_unanchored(directory: Path) -> bool:
    """There are events, and nothing to hold them to."""
    sealed = Sealed.at(directory)
    return not (sealed.seals or sealed.recorded) and Event.objects.exists()


def _once_each(found: Iterable[Fault]) -> Iterator[Fault]:
    """A row may be wrong in several ways: the first one tells enough."""
    seen: set[int] = set()
    for fault in found:
        if fault.seq not in seen:
            seen.add(fault.seq)
            yield fault


def _chain_faults(walk: Walk, entries: Iterable[Mark | Row]) -> Iterator[Fault]:
    for entry in entries:
        if isinstance(entry, Mark):
            walk.marks.append(entry)
            continue
        walk.head_seq, walk.head_hash = entry.head_seq, entry.head_hash
        if entry.hash is not None:
            yield from _row_faults(walk, entry)
    yield from _end_faults(walk)


def _row_faults(walk: Walk, row: Row) -> Iterator[Fault]:
    if row.seq <= walk.seq:
        yield walk.fault(row.seq, REORDERED)
        return
    if row.seq > walk.seq + 1:
        yield from walk.gap(row.seq - 1, REMOVED)
        walk.hash = None
    if fault := _own_fault(walk, row):
        yield fault
    walk.seq, walk.hash = row.seq, row.hash if row.is_true else None


def _own_fault(walk: Walk, row: Row) -> Fault | None:
    if not row.is_true:
        return walk.fault(row.seq, REORDERED if row.is_true_elsewhere else CHANGED)
    if walk.hash is not None and walk.hash != row.prev_hash:
        # It still names the link it was fastened to: that one is another now.
        return walk.fault(max(walk.seq, 1), CHANGED)
    mark = walk.mark_at_or_after(row.seq)
    if mark and mark.seq == row.seq and mark.hash != row.hash:
        return walk.fault(row.seq, CHANGED)
    unseen = walk.times.last_without(mark)
    if unseen and row.at < unseen - LONGEST_TRANSACTION:
        return walk.fault(row.seq, BACKDATED)
    return None


def _end_faults(walk: Walk) -> Iterator[Fault]:
    """Its head and its marks know how long the chain was, and how it ended."""
    end = max([walk.head_seq, *(mark.seq for mark in walk.marks)])
    if end > walk.seq:
        yield from walk.gap(end, CUT if walk.seq else REMOVED)
    elif walk.head_hash is None:
        yield walk.fault(walk.seq + 1, CUT)
    elif walk.head_seq < walk.seq:
        for seq in range(walk.head_seq + 1, walk.seq + 1):
            yield walk.fault(seq, CHANGED)
    elif walk.hash is not None and walk.hash != walk.head_hash:
        yield walk.fault(walk.seq, CHANGED)
