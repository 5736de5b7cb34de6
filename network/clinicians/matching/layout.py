"""How a listing packs what a clinician does: bytes to score by, tags to find by.

`traits` is one string of bytes. Each list has a region of its own, so many bits for
each of its terms, at a place that follows from the vocabulary alone. A row remembers
the stamp of the layout it was written with; a row of another layout is never read.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from network.clinicians import vocabulary
from network.clinicians.matching.circle import COARSE, FINE, cell

# The order of the regions; bits for each term. What facets count stands first.
_BITS: Mapping[str, int] = {
    "age_groups": 1,
    "participants": 1,
    "genders": 1,
    "formats": 1,
    "acuity": 1,
    "flags": 1,
    "payers": 1,
    "languages": 2,
    "specialties": 4,
    "approaches": 4,
    "communities": 1,
    "faiths": 1,
    "risks": 1,
    "levels_of_care": 1,
    "networks": 1,
    "styles": 4,
    "telehealth": 1,
    "in_person": 1,
}
# Regions over the terms of another list, and regions of a few numbers of their own.
_LIST_OF = {"telehealth": "states", "in_person": "states"}
_NUMBERS = {"acuity": 5, "flags": 3}
SLIDING_SCALE, SUPERBILL, HAS_PLACE = range(3)

# A depth in its four bits is its value in hundreds; teaching counts as consulting.
DEPTHS: Mapping[str, int] = {
    "interest": 4,
    "trained": 7,
    "certified": 9,
    "consults": 10,
    "teaches": 11,
}
LEVELS: Mapping[str, int] = {"conversational": 1, "full": 2, "native": 2}

_ROOM = 16  # terms; a list may grow within it and move nothing


@dataclass(frozen=True, slots=True)
class Region:
    """A run of bytes in which each term of a list has its bits."""

    name: str
    list: str
    bits: int
    start: int
    size: int

    @property
    def end(self) -> int:
        return self.start + self.size

    def put(self, traits: bytearray, number: int, value: int = 1) -> None:
        byte, shift = self.position(number)
        traits[byte] |= value << shift

    def get(self, traits: bytes, number: int) -> int:
        byte, shift = self.position(number)
        return (traits[byte] >> shift) & self._mask

    def sql(self, number: int) -> str:
        byte, shift = self.position(number)
        return f"((get_byte(traits, {byte}) >> {shift}) & {self._mask})"

    def number(self, slug: str) -> int:
        return vocabulary.term(self.list, slug).number

    @property
    def _mask(self) -> int:
        return (1 << self.bits) - 1

    def position(self, number: int) -> tuple[int, int]:
        """A number beyond the region would be read as a neighbour's: never."""
        byte, bit = divmod(number * self.bits, 8)
        if not 0 <= byte < self.size:
            raise IndexError(f"{self.name} has no room for {number}")
        return self.start + byte, bit


def _regions() -> Iterator[Region]:
    start = 0
    for name, bits in _BITS.items():
        source = _LIST_OF.get(name, name)
        count = _NUMBERS.get(name) or _highest(source) + 1
        size = -(-count // _ROOM) * _ROOM * bits // 8
        yield Region(name, source, bits, start, size)
        start += size


def _highest(list_name: str) -> int:
    return max(term.number for term in vocabulary.terms(list_name))


REGIONS: Mapping[str, Region] = {region.name: region for region in _regions()}
SIZE = max(region.end for region in REGIONS.values())
STAMP = zlib.crc32(repr(list(REGIONS.values())).encode()) & 0x7FFF

# -- Tags ------------------------------------------------------------------------
# A tag is kind << 16 | number of the term << 3 | rung of the depth.
# Cells have ranges of their own above all kinds, words the numbers below nought.
_KINDS = {name: place for place, name in enumerate(_BITS, start=1)}
_FINE_CELLS, _COARSE_CELLS = 1 << 30, 1 << 29
# Deeper than certified is rare: one tag finds them and the bytes tell them apart.
_RUNGS = (DEPTHS["interest"], DEPTHS["trained"], DEPTHS["certified"])


def tag(kind: str, number: int, rung: int = 0) -> int:
    return _KINDS[kind] << 16 | number << 3 | rung


def depth_tag(kind: str, number: int, depth: int) -> int:
    """The tag that everybody with this depth, or a deeper one, carries."""
    return tag(kind, number, sum(depth > step for step in _RUNGS[:-1]))


def depth_tags(kind: str, number: int, depth: int) -> Iterator[int]:
    """Every tag that somebody of this depth carries."""
    for rung, step in enumerate(_RUNGS):
        if depth >= step:
            yield tag(kind, number, rung)


def cell_tag(number: int, degrees: float) -> int:
    return (_FINE_CELLS if degrees == FINE else _COARSE_CELLS) | number


def point_tags(latitude: float, longitude: float) -> Iterator[int]:
    for degrees in (FINE, COARSE):
        yield cell_tag(cell(latitude, longitude, degrees), degrees)


def word_tag(word: str) -> int:
    return -1 - (zlib.crc32(word.encode()) & 0x7FFFFFFF)
