"""How many of the matches have what: counted with the page, in the same statement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from network.clinicians import vocabulary
from network.clinicians.matching.asked import Asked
from network.clinicians.matching.costs import Frequencies, frequencies
from network.clinicians.matching.criteria import CRITERIA
from network.clinicians.matching.criteria.openings import Openings
from network.clinicians.matching.layout import REGIONS, tag
from network.clinicians.matching.need import OpeningsWish
from network.clinicians.matching.results import Count
from network.clinicians.matching.search import Search

# Short lists are counted whole, of long ones the most common terms.
_WHOLE = {
    "age_group": "age_groups",
    "participants": "participants",
    "gender": "genders",
    "format": "formats",
}
_COMMON = {"payment": "payers", "languages": "languages"}
_MOST_COMMON = 8
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Facet:
    """A term of a criterion, and the test that a counted row passes."""

    criterion: str
    term: str
    test: str


def facets(search: Search) -> list[Facet]:
    """Every term once: the short lists, the common terms, and what the need names."""
    found = {(one.criterion, one.term): one for one in _all(search)}
    return list(found.values())


def counted(
    facets: Sequence[Facet], counts: Sequence[int]
) -> Mapping[str, tuple[Count, ...]]:
    """By criterion, the most frequent first; what nobody has is left out."""
    grouped: dict[str, list[Count]] = {}
    for facet, count in zip(facets, counts, strict=True):
        grouped.setdefault(facet.criterion, []).append(Count(facet.term, count))
    return {
        criterion: tuple(sorted(terms, key=lambda one: (-one.count, one.term)))
        for criterion, terms in grouped.items()
    }


def _all(search: Search) -> Iterator[Facet]:
    for criterion, region in _WHOLE.items():
        slugs = [term.slug for term in vocabulary.terms(REGIONS[region].list)]
        yield from _listed(criterion, region, slugs)
    for level in range(5):
        test = f"(acuity_min <= {level} AND acuity_max >= {level})"
        yield Facet("acuity", str(level), test)
    for criterion, region in _COMMON.items():
        yield from _listed(criterion, region, _commonest(region, frequencies()))
    yield _confirmed(search)
    yield from _named(search)


def _listed(criterion: str, region: str, slugs: Sequence[str]) -> Iterator[Facet]:
    bits = REGIONS[region]
    for slug in slugs:
        yield Facet(criterion, slug, f"{bits.sql(bits.number(slug))} > 0")


def _commonest(region: str, known: Frequencies) -> list[str]:
    terms = sorted(
        vocabulary.terms(REGIONS[region].list),
        key=lambda term: (-known.share(tag(region, term.number)), term.number),
    )
    return [term.slug for term in terms[:_MOST_COMMON]]


def _confirmed(search: Search) -> Facet:
    """A confirmed opening: within the weeks asked, or within four."""
    wished = search.need.openings or OpeningsWish()
    asked = Asked("openings", "/openings", None, 0, wished)
    return Facet("openings", CONFIRMED, Openings("openings").must(asked, search.scene))


def _named(search: Search) -> Iterator[Facet]:
    for one in search.asked:
        if one.term is not None:
            test = CRITERIA[one.criterion].must(one, search.scene)
            yield Facet(one.criterion, one.term, test)
