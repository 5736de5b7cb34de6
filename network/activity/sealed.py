"""The anchors themselves: whether all are there, and what they say about time."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from network.activity.anchors import Mark, Seal, anchors, read_seal
from network.activity.events import TrailEvent
from network.activity.models import ChainHead, Event

Fault = tuple[int, str]
CHANGED, REMOVED = "changed", "removed"


@dataclass(frozen=True)
class Sealed:
    seals: tuple[Seal, ...]
    # What the trail itself remembers of its anchors: number and seal.
    recorded: tuple[tuple[int, str], ...]

    @classmethod
    def at(cls, directory: Path) -> "Sealed":
        recorded = tuple(_recorded())
        return cls(tuple(read_seal(path) for path in anchors(directory)), recorded)

    def faults(self) -> list[Fault]:
        return sorted({*self._in_files(), *self._in_trail()})

    def times(self) -> "Times":
        """Of anchors of this very trail; nothing is known when one is missing."""
        known = {} if self.faults() else dict(self.recorded)
        found = [
            (seal.number, seal.at)
            for seal in self.seals
            if seal.at and known.get(seal.number) == seal.value
        ]
        return Times([number for number, _ in found], [at for _, at in found])

    def _in_files(self) -> Iterator[Fault]:
        before, number = "", 0
        for seal in self.seals:
            for missing in range(number + 1, seal.number):
                yield missing, REMOVED
            follows = seal.number != number + 1 or seal.previous == before
            if not (seal.whole and follows):
                yield seal.number, CHANGED
            number, before = seal.number, seal.value

    def _in_trail(self) -> Iterator[Fault]:
        values = {seal.number: seal.value for seal in self.seals}
        for number, value in self.recorded:
            if number not in values:
                yield number, REMOVED
            elif values[number] != value:
                yield number, CHANGED


@dataclass(frozen=True)
class Times:
    numbers: list[int]
    moments: list[datetime]

    def last_without(self, mark: Mark | None) -> datetime | None:
        """When the last anchor was made before the one that marks it, if any does."""
        if mark is None:
            return self.moments[-1] if self.moments else None
        place = bisect_left(self.numbers, mark.number)
        return self.moments[place - 1] if place else None


def _recorded() -> Iterator[tuple[int, str]]:
    events = Event.objects.about(ChainHead).filter(verb=TrailEvent.ANCHORED)
    for detail in events.values_list("detail", flat=True):
        yield int(detail.get("number", 0)), str(detail.get("seal", ""))
