"""Multinomial logistic regression by plain gradient steps: no library, same result."""

import random
from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

from network.clinicians.reading.stems import features
from network.clinicians.reading.suggestions import softmax
from network.clinicians.reading.training.sentences import fingerprint
from network.clinicians.reading.words import plain_words

EPOCHS, FIRST_STEP, LAST_STEP = 5, 4.0, 1.0
DECAY = 2e-6
LEAST_SEEN = 2
KEPT = 16
"""So many weights a feature keeps, the largest: the file stays small."""

Vector = list[tuple[str, float]]


def fit(texts: Iterable[tuple[str, str]], seed: int = 5) -> dict[str, object]:
    """The model as it is stored: rarities and weights in hundredths."""
    samples = [
        ({name for name, *_ in features(plain_words(text))}, slug)
        for text, slug in texts
    ]
    slugs = sorted({slug for _, slug in samples})
    rarity = rarities(names for names, _ in samples)
    data = [(vector(names, rarity), slugs.index(slug)) for names, slug in samples]
    weights, bias = descend(data, rarity, len(slugs), seed)
    return {
        "sentences": fingerprint(),
        "specialties": slugs,
        "bias": [round(each, 3) for each in bias],
        "features": {
            name: [round(rarity[name] * 100), *largest(row)]
            for name, row in sorted(weights.items())
        },
    }


def rarities(samples: Iterable[set[str]]) -> dict[str, float]:
    seen: Counter[str] = Counter()
    number = 0
    for names in samples:
        seen.update(names)
        number += 1
    return {
        name: log(number / times) for name, times in seen.items() if times >= LEAST_SEEN
    }


def vector(names: set[str], rarity: dict[str, float]) -> Vector:
    found = sorted(name for name in names if name in rarity)
    length = sqrt(sum(rarity[name] ** 2 for name in found)) or 1.0
    return [(name, rarity[name] / length) for name in found]


def descend(
    data: list[tuple[Vector, int]], rarity: dict[str, float], size: int, seed: int
) -> tuple[dict[str, list[float]], list[float]]:
    weights = {name: [0.0] * size for name in rarity}
    bias = [0.0] * size
    chance = random.Random(seed)  # noqa: S311  (nothing secret: it must be repeatable)
    for epoch in range(EPOCHS):
        step = FIRST_STEP * (LAST_STEP / FIRST_STEP) ** (epoch / (EPOCHS - 1))
        chance.shuffle(data)
        for sample, right in data:
            learn(sample, right, weights, bias, step)
    return weights, bias


def learn(
    sample: Vector,
    right: int,
    weights: dict[str, list[float]],
    bias: list[float],
    step: float,
) -> None:
    scores = bias[:]
    rows = [(weights[name], share) for name, share in sample]
    for row, share in rows:
        scores = [
            score + share * weight for score, weight in zip(scores, row, strict=True)
        ]
    errors = softmax(scores)
    errors[right] -= 1.0
    bias[:] = [
        each - 0.02 * step * error for each, error in zip(bias, errors, strict=True)
    ]
    keep = 1.0 - step * DECAY
    for row, share in rows:
        row[:] = [
            keep * weight - step * share * error
            for weight, error in zip(row, errors, strict=True)
        ]


def largest(row: list[float]) -> list[int]:
    """Specialty and weight in turn, by specialty."""
    best = sorted(range(len(row)), key=lambda at: -abs(row[at]))[:KEPT]
    return [
        number
        for at in sorted(best)
        if round(row[at] * 100)
        for number in (at, round(row[at] * 100))
    ]
