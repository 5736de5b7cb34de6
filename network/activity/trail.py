"""Every row of the trail against itself, its neighbours, its head, its anchors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from network.activity.anchors import Mark, anchors, read_seal
from network.activity.ledger import Chain, Row, chains

CHANGED, REMOVED, REORDERED, CUT = "changed", "removed", "reordered", "cut"


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
    seq: int = 0
    # None after a fault: the next link is not held to it.
    hash: str | None = ""
    marks: dict[int, str] = field(default_factory=dict)
    head_seq: int = 0
    head_hash: str | None = None

    def fault(self, seq: int, what: str) -> Fault:
        return Fault(":".join(self.chain), seq, what)

    def gap(self, until: int, what: str) -> Iterator[Fault]:
        for seq in range(self.seq + 1, until + 1):
            yield self.fault(seq, what)


def faults(directory: Path) -> Iterator[Fault]:
    """All of them, chain by chain; then those of the anchors themselves."""
    for chain, entries in chains(directory):
        yield from _once_each(_chain_faults(Walk(chain), entries))
    yield from _anchor_faults(directory)


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
            walk.marks[entry.seq] = entry.hash
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
    if walk.marks.get(row.seq, row.hash) != row.hash:
        return walk.fault(row.seq, CHANGED)
    return None


def _end_faults(walk: Walk) -> Iterator[Fault]:
    """Its head and its marks know how long the chain was, and how it ended."""
    end = max([walk.head_seq, *walk.marks])
    if end > walk.seq:
        yield from walk.gap(end, CUT if walk.seq else REMOVED)
    elif walk.head_hash is None:
        yield walk.fault(walk.seq + 1, CUT)
    elif walk.head_seq < walk.seq:
        for seq in range(walk.head_seq + 1, walk.seq + 1):
            yield walk.fault(seq, CHANGED)
    elif walk.hash is not None and walk.hash != walk.head_hash:
        yield walk.fault(walk.seq, CHANGED)


def _anchor_faults(directory: Path) -> Iterator[Fault]:
    before, number = "", 0
    for path in anchors(directory):
        seal = read_seal(path)
        for missing in range(number + 1, seal.number):
            yield Fault("anchor", missing, REMOVED)
        follows = seal.number != number + 1 or seal.previous == before
        if not (seal.whole and follows):
            yield Fault("anchor", seal.number, CHANGED)
        number, before = seal.number, seal.value
