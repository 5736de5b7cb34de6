"""How many of the matches have what: counted with the page, of the same snapshot.

Every match sends a few bytes: the beginning of its traits, where the short lists and
the payers stand, and a bit for each thing that the need names. A column of those bytes
is one large number, and its bits are counted at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from network.clinicians import vocabulary
from network.clinicians.matching.asked import Asked
from network.clinicians.matching.criteria import CRITERIA
from network.clinicians.matching.criteria.openings import Openings
from network.clinicians.matching.layout import REGIONS
from network.clinicians.matching.need import OpeningsWish
from network.clinicians.matching.results import Count
from network.clinicians.matching.search import Search

_WHOLE = {
    "age_group": "age_groups",
    "participants": "participants",
    "gender": "genders",
    "format": "formats",
}
_LISTED = {*_WHOLE, "acuity", "payment"}
_MOST_PAYERS = 10
CONFIRMED = "confirmed"

_TRAITS = REGIONS["payers"].end
_WORD = 31  # named things in an integer of four bytes, its sign left alone


@dataclass(frozen=True, slots=True)
class Facet:
    """A term of a criterion, and the bit of a match's bytes that says it."""

    criterion: str
    term: str
    byte: int
    bit: int


@dataclass(frozen=True, slots=True)
class Named:
    """What the need itself names: a test of the row, and a bit of its own."""

    criterion: str
    term: str
    test: str


def named(search: Search) -> list[Named]:
    """Each term once, and always a confirmed opening: in four weeks, or as asked."""
    wished = search.need.openings or OpeningsWish()
    asked = Asked("openings", "/openings", None, 0, wished)
    confirmed = Openings("openings").must(asked, search.scene)
    found = {("openings", CONFIRMED): Named("openings", CONFIRMED, confirmed)}
    for one in search.asked:
        if one.term is not None and one.criterion not in _LISTED:
            test = CRITERIA[one.criterion].must(one, search.scene)
            found[one.criterion, one.term] = Named(one.criterion, one.term, test)
    return list(found.values())


def marks_sql(tests: Sequence[Named]) -> str:
    """The bytes that a match sends to be counted."""
    words = (
        " | ".join(
            f"(({one.test})::int << {place})"
            for place, one in enumerate(tests[first : first + _WORD])
        )
        for first in range(0, len(tests), _WORD)
    )
    sent = (f"int4send({word})" for word in words)
    return " || ".join([f"substring(traits FROM 1 FOR {_TRAITS})", *sent])


def counted(
    marks: bytes, matches: int, tests: Sequence[Named]
) -> Mapping[str, tuple[Count, ...]]:
    """By criterion, the most frequent first."""
    columns = _columns(marks, matches)
    counts = {
        (facet.criterion, facet.term): columns.count(facet)
        for facet in (*_listed(), *_named(tests))
    }
    grouped: dict[str, list[Count]] = {}
    for (criterion, term), count in counts.items():
        grouped.setdefault(criterion, []).append(Count(term, count))
    for terms in grouped.values():
        terms.sort(key=lambda one: (-one.count, one.term))
    payers = [one for one in grouped["payment"] if one.count]
    grouped["payment"] = payers[:_MOST_PAYERS]
    return {criterion: tuple(terms) for criterion, terms in grouped.items()}


@cache
def _listed() -> tuple[Facet, ...]:
    """Everybody's own facets: the short lists, the levels of acuity, the payers."""
    regions = {**_WHOLE, "payment": "payers"}
    terms = [
        (criterion, term.slug, region, term.number)
        for criterion, region in regions.items()
        for term in vocabulary.terms(region)
    ]
    terms += [("acuity", str(level), "acuity", level) for level in range(5)]
    return tuple(
        Facet(criterion, slug, *REGIONS[region].position(number))
        for criterion, slug, region, number in terms
    )


def _named(tests: Sequence[Named]) -> Iterator[Facet]:
    """Integers are sent with their high byte first."""
    for place, one in enumerate(tests):
        word, bit = divmod(place, _WORD)
        byte = _TRAITS + 4 * word + 3 - bit // 8
        yield Facet(one.criterion, one.term, byte, bit % 8)


@dataclass(frozen=True, slots=True)
class _Columns:
    """One number for each byte of a match, with a byte of its own for each match."""

    numbers: list[int]
    ones: int  # the lowest bit of every byte

    def count(self, facet: Facet) -> int:
        if not self.numbers:
            return 0
        return ((self.numbers[facet.byte] >> facet.bit) & self.ones).bit_count()


def _columns(marks: bytes, matches: int) -> _Columns:
    width = len(marks) // matches if matches else 0
    numbers = [int.from_bytes(marks[byte::width]) for byte in range(width)]
    return _Columns(numbers, int.from_bytes(b"\x01" * matches))
