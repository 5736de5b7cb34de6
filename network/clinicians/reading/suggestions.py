"""A client's own words ("I can't stop checking the stove") suggest specialties.

A linear model over stems and pairs of stems, made by `manage.py train_suggestions`
from the sentences in `training/`. The first sentence weighs as much as all the rest:
there people say why they write.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from math import exp, sqrt
from typing import NamedTuple

from network.clinicians.reading.lexicon import HERE
from network.clinicians.reading.stems import features
from network.clinicians.reading.words import words_of

WEIGHTS = HERE / "suggestions.json"
MOST = 3
MOST_CERTAIN = 0.95
ENDS = frozenset(".?!\n")
OPENING = 0.45
"""The share of the first sentence in the certainty."""

SMALL = frozenset(
    words_of(
        "a about all am an and any are as at be but can cant did do doe dont feel for "
        "from get had ha hav he her him hi how i if im in is it iv just know lik mak "
        "me more my no not of on or our out she should so that the their them they thi "
        "to up us wa want we what when who why will with would you your"
    ).plain
)
"""Stems that may decide, but that explain nothing to a reader."""

Weighed = tuple[float, tuple[tuple[int, float], ...]]
"""How rare a feature is, and its weight for some of the specialties."""


class Suggestion(NamedTuple):
    """A specialty, how certain, and the words that speak most for it."""

    term: str
    certainty: float
    first: int
    last: int


class Model(NamedTuple):
    specialties: tuple[str, ...]
    bias: tuple[float, ...]
    features: Mapping[str, Weighed]


def suggestions(
    plain: list[str], *, least: float, content: int = 1
) -> list[Suggestion]:
    """At most three, the likeliest first; nothing without words that say something."""
    evidence = known_features(plain)
    if sum(name not in SMALL and " " not in name for name in evidence) < content:
        return []
    chances = blend(plain, evidence)
    best = sorted(range(len(chances)), key=lambda at: -chances[at])[:MOST]
    return [
        suggestion(at, chances[at], evidence) for at in best if chances[at] >= least
    ]


def blend(plain: list[str], evidence: Mapping[str, tuple[int, int]]) -> list[float]:
    end = next((at for at, word in enumerate(plain) if word in ENDS), len(plain))
    opening = known_features(plain[:end])
    whole = probabilities(evidence)
    if not opening or len(opening) == len(evidence):
        return whole
    first = probabilities(opening)
    return [OPENING * a + (1 - OPENING) * b for a, b in zip(first, whole, strict=True)]


def known_features(plain: list[str]) -> dict[str, tuple[int, int]]:
    """The features that the model knows, where each stands first."""
    known = model().features
    found: dict[str, tuple[int, int]] = {}
    for name, first, last in features(plain):
        if name in known and name not in found:
            found[name] = (first, last)
    return found


def probabilities(found: Mapping[str, object]) -> list[float]:
    learnt = model()
    weighed = [learnt.features[name] for name in found]
    length = sqrt(sum(rarity * rarity for rarity, _ in weighed))
    scores = [*learnt.bias]
    for rarity, weights in weighed:
        share = rarity / length
        for at, weight in weights:
            scores[at] += share * weight
    return softmax(scores)


def softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def suggestion(
    at: int, chance: float, evidence: Mapping[str, tuple[int, int]]
) -> Suggestion:
    first, last = max(evidence.items(), key=lambda each: speaks_for(each[0], at))[1]
    certainty = round(min(chance, MOST_CERTAIN), 2)
    return Suggestion(model().specialties[at], certainty, first, last)


def speaks_for(name: str, at: int) -> float:
    if SMALL.issuperset(name.split()):
        return 0.0
    rarity, weights = model().features[name]
    return rarity * dict(weights).get(at, 0.0)


@cache
def model() -> Model:
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    return Model(
        tuple(stored["specialties"]),
        tuple(stored["bias"]),
        {
            name: (line[0] / 100, tuple(pairs(line[1:])))
            for name, line in stored["features"].items()
        },
    )


def pairs(numbers: list[int]) -> Iterator[tuple[int, float]]:
    """Specialty and weight in turn; weights are stored in hundredths."""
    places = iter(numbers)
    return ((at, weight / 100) for at, weight in zip(places, places, strict=True))
