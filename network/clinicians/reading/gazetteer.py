"""Towns and ZIP codes of the United States, from the `zipcodes` package."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from math import hypot
from statistics import median
from typing import Any

import zipcodes

from network.clinicians import vocabulary
from network.clinicians.reading.lexicon import grammar

CLEARLY = 4
"""So many times more ZIP codes than any namesake has the town that is meant."""


NOT_TOWNS = frozenset(grammar()["ordinary"]["not_towns"]).union(
    term.label.lower() for term in vocabulary.terms("states")
)


@cache
def entries() -> list[dict[str, Any]]:
    """Piece by piece: nobody else in this process could take a step meanwhile."""
    return [entry for two in range(100) for entry in _beginning(f"{two:02}")]


def _beginning(digits: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]]
    found = zipcodes.similar_to(digits)  # type: ignore[no-untyped-call]
    return found


@cache
def zips() -> frozenset[str]:
    return frozenset(entry["zip_code"] for entry in entries())


@cache
def towns() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Town in lower case -> state -> its ZIP codes that people live in."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for entry in entries():
        if entry["active"] and entry["zip_code_type"] == "STANDARD":
            found[entry["city"].lower()][entry["state"]].append(entry["zip_code"])
    return {
        town: {state: tuple(sorted(codes)) for state, codes in states.items()}
        for town, states in found.items()
        if town not in NOT_TOWNS
    }


@cache
def spots() -> Mapping[str, tuple[float, float]]:
    return {
        each["zip_code"]: (float(each["lat"] or 0), float(each["long"] or 0))
        for each in entries()
    }


def middle(codes: tuple[str, ...]) -> str:
    """The ZIP code nearest to the middle of all those of a town."""
    found = [spots()[code] for code in codes]
    north = median(spot[0] for spot in found)
    east = median(spot[1] for spot in found)
    return min(
        codes,
        key=lambda code: hypot(spots()[code][0] - north, spots()[code][1] - east),
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
