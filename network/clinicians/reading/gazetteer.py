"""Towns of the United States and their ZIP codes, as a text names them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from math import hypot
from statistics import median

from network.clinicians import vocabulary
from network.clinicians.geography import zip_codes
from network.clinicians.reading.lexicon import grammar
from network.privacy.zip_codes import all_zips

CLEARLY = 4
"""So many times more ZIP codes than any namesake has the town that is meant."""


NOT_TOWNS = frozenset(grammar()["ordinary"]["not_towns"]).union(
    term.label.lower() for term in vocabulary.terms("states")
)


@cache
def towns() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Town in lower case -> state -> its ZIP codes that people live in."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for each in all_zips():
        if each.is_lived_in:
            found[each.city.lower()][each.state].append(each.code)
    return {
        town: {state: tuple(sorted(codes)) for state, codes in states.items()}
        for town, states in found.items()
        if town not in NOT_TOWNS
    }


def middle(codes: tuple[str, ...]) -> str:
    """The ZIP code nearest to the middle of all those of a town."""
    known = zip_codes()
    north = median(known[code].latitude for code in codes)
    east = median(known[code].longitude for code in codes)
    return min(
        codes,
        key=lambda code: hypot(
            known[code].latitude - north, known[code].longitude - east
        ),
    )


def state_meant(town: str, named: Iterable[str]) -> str | None:
    """The one state whose town of that name is meant; nothing: it has to be asked."""
    states = towns()[town]
    stated = [state for state in named if state in states]
    if len(stated) == 1:
        return stated[0]
    ranked = sorted(states, key=lambda state: len(states[state]), reverse=True)
    if len(ranked) == 1:
        return ranked[0]
    first, second = (len(states[state]) for state in ranked[:2])
    return ranked[0] if first >= CLEARLY * second else None
