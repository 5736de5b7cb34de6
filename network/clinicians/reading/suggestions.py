"""A client's own words ("I can't stop checking the stove") suggest specialties.

A linear model over stems and pairs of stems, made by `manage.py train_suggestions`
from the sentences in `training/`. The first sentence counts once more by itself:
there people say why they write.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from heapq import nlargest
from math import exp, sqrt
from typing import NamedTuple

from network.clinicians.reading.lexicon import HERE
from network.clinicians.reading.stems import features
from network.clinicians.reading.words import words_of

WEIGHTS = HERE / "suggestions.json"
MOST = 3
MOST_CERTAIN = 0.95
ENDS = frozenset(".?!\n")
OPENING = 0.3
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

Weights = tuple[tuple[int, float], ...]
"""The weight of a feature for some of the specialties, by their place."""


class Suggestion(NamedTuple):
    """A specialty, how certain, and the words that speak most for it."""

    term: str
    certainty: float
    first: int
    last: int


class Evidence(NamedTuple):
    """A feature of the text that the model knows, and where it stands."""

    name: str
    first: int
    last: int
    rarity: float
    weights: Weights

    @property
    def is_word(self) -> bool:
        return self.last - self.first == 1

    def speaks_for(self, at: int) -> float:
        if SMALL.issuperset(self.name.split()):
            return 0.0
        return self.rarity * next((w for place, w in self.weights if place == at), 0.0)


class Model(NamedTuple):
    specialties: tuple[str, ...]
    bias: tuple[float, ...]
    features: Mapping[str, tuple[float, Weights]]


def suggestions(
    plain: list[str], *, least: float, content: int = 1
) -> list[Suggestion]:
    """At most three, the likeliest first; nothing without words that say something."""
    evidence = known_features(plain)
    if sum(each.name not in SMALL and each.is_word for each in evidence) < content:
        return []
    chances = softmax(scores(evidence, end_of_opening(plain)))
    best = nlargest(MOST, range(len(chances)), key=chances.__getitem__)
    return [
        suggestion(at, chances[at], evidence) for at in best if chances[at] >= least
    ]


def known_features(plain: list[str]) -> list[Evidence]:
    """The features that the model knows, each where it stands first."""
    known = model().features
    found = {}
    for name, first, last in features(plain):
        if name in known and name not in found:
            found[name] = Evidence(name, first, last, *known[name])
    return [*found.values()]


def end_of_opening(plain: list[str]) -> int:
    return next((at for at, word in enumerate(plain) if word in ENDS), len(plain))


def scores(evidence: list[Evidence], end: int) -> list[float]:
    """Each half as if it were a text of its own, however many words it has."""
    opening = [each for each in evidence if each.last <= end]
    share = OPENING if opening else 0.0
    first, whole = share / length(opening), (1 - share) / length(evidence)
    found = [*model().bias]
    for _, _, last, rarity, weights in evidence:
        counts = rarity * (first + whole if last <= end else whole)
        for at, weight in weights:
            found[at] += counts * weight
    return found


def length(evidence: list[Evidence]) -> float:
    return sqrt(sum(each.rarity * each.rarity for each in evidence)) or 1.0


def softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def suggestion(at: int, chance: float, evidence: list[Evidence]) -> Suggestion:
    best = max(evidence, key=lambda each: each.speaks_for(at))
    certainty = round(min(chance, MOST_CERTAIN), 2)
    return Suggestion(model().specialties[at], certainty, best.first, best.last)


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
