"""A network of any size, always the same: where people live, and skewed as in life."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Any
from uuid import UUID

from network.clinicians import vocabulary
from network.clinicians.geography import ZipCode, zip_codes
from network.clinicians.jurisdictions import operational
from network.clinicians.matching.belongings import Chance
from network.clinicians.matching.profile import Profile, Spot

TODAY = date(2026, 11, 20)
SEED = 20261120
COMPACT = "psypact-apit"
# About a thousand letters: half of what the field holds.
BIO_WORDS = 150

# Millions of people, in the order of the census; the rest of the states share alike.
_MILLIONS = {
    "CA": 39, "TX": 30, "FL": 23, "NY": 20, "PA": 13, "IL": 13, "OH": 12, "GA": 11,
    "NC": 11, "MI": 10, "NJ": 9, "VA": 9, "WA": 8, "AZ": 7, "MA": 7, "TN": 7, "IN": 7,
    "MD": 6, "MO": 6, "WI": 6, "CO": 6, "MN": 6, "SC": 5, "AL": 5, "LA": 5, "KY": 5,
    "OR": 4, "OK": 4, "CT": 4,
}  # fmt: skip
_WORDS = [
    "warm", "steady", "curious", "practical", "gentle", "direct", "families",
    "grief", "trauma", "anxious", "mindful", "skills", "evidence", "culture",
    "faith", "identity", "school", "college", "parents", "couples", "sleep", "pain",
    "illness", "music", "art", "nature", "city", "clinic", "years", "training",
    "supervision", "research", "collaborative", "humour", "patience", "change",
    "hope", "body", "stress", "burnout",
]  # fmt: skip
_SURNAMES = [a + b for a in ("Ald", "Bren", "Cor", "Dal", "Fen", "Gar") for b in (
    "wick", "more", "stone", "field", "brook", "ford", "ley", "ham", "dale", "worth"
)]  # fmt: skip
_FIRST = [
    "Ada", "Bea", "Cy", "Dov", "Eve", "Fay", "Gil", "Hal", "Ida", "Jan", "Kit",
    "Lou", "Max", "Nan", "Oz", "Pia", "Ray", "Sue",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Somebody:
    """A profile, and what its normalised rows need besides."""

    profile: Profile
    licences: Sequence[str]
    in_compact: bool
    zip: ZipCode
    practice: int
    bio: str


def practice_id(number: int) -> UUID:
    return UUID(int=number, version=4)


def crowd(size: int) -> Iterator[Somebody]:
    lot = random.Random(SEED)  # noqa: S311 the same people again, not a secret
    for number in range(1, size + 1):
        yield _somebody(lot, number, size)


def _somebody(lot: random.Random, number: int, size: int) -> Somebody:
    home = lot.choices(_zips(), cum_weights=_weights())[0]
    licences = [home.state]
    if lot.random() < 0.15:
        licences.append(lot.choice(list(_MILLIONS)))
    in_compact = lot.random() < 0.18
    reach = {*licences, *(operational(COMPACT, TODAY) if in_compact else ())}
    name = f"{lot.choice(_FIRST)} {lot.choice(_SURNAMES)} {number}"
    bio = " ".join(lot.choices(_WORDS, k=BIO_WORDS))
    profile = Profile(
        clinician_id=number,
        public_id=UUID(int=lot.getrandbits(128), version=4),
        name=name,
        visible=lot.random() < 0.61,
        recent_offers=lot.choice((0, 0, 0, 0, 1, 2)),
        lists=_lists(lot),
        **_numbers(lot),
        depths={
            "specialties": _skills(lot, "specialties", (0.65, 0.49, 0.39), 7.0),
            "approaches": _skills(lot, "approaches", (0.5, 0.35, 0.25), 4.5),
        },
        languages=_languages(lot),
        styles={"structured": lot.randint(1, 5)} if lot.random() < 0.5 else {},
        refusals=[("specialties", "psychosis")] if lot.random() < 0.05 else (),
        openings=_openings(lot),
        spots=[Spot(home.state, (home.latitude, home.longitude))],
        licensed_in=frozenset(licences),
        telehealth_in=frozenset(reach),
        away=(),
        good_until=None,
        text=f"{name} {bio}",
        card={"name": name, "bio": bio, "licensed_in": licences, "zip": home.code},
    )
    practice = number if lot.random() < 0.6 else lot.randint(1, max(1, size // 8))
    return Somebody(profile, licences, in_compact, home, practice, bio)


def _numbers(lot: random.Random) -> dict[str, Any]:
    lowest = lot.choice((0, 0, 0, 1))
    return {
        "acuity": (lowest, lot.randint(max(lowest, 1), 4)),
        "fee": lot.choice((None, *range(90, 310, 10))),
        "sliding_scale": lot.random() < 0.4,
        "superbill": lot.random() < 0.5,
    }


def _lists(lot: random.Random) -> dict[str, list[str]]:
    return {
        "age_groups": [slug for slug, share in _AGES.items() if lot.random() < share],
        "participants": ["individual", *(["couple"] if lot.random() < 0.3 else [])],
        "genders": [lot.choices(("woman", "man", "nonbinary"), (72, 25, 3))[0]],
        "formats": [
            slug
            for slug, share in (("in_person", 0.8), ("video", 0.78), ("phone", 0.3))
            if lot.random() < share
        ],
        "payers": [] if lot.random() < 0.32 else _some(lot, "payers", 5.7),
        "networks": _some(lot, "networks", 0.5),
        "communities": _some(lot, "communities", 2.5),
        "faiths": _some(lot, "faiths", 0.6),
        "risks": _some(lot, "risks", 1.5),
        "levels_of_care": ["outpatient"],
    }


_AGES = {"adult": 0.95, "young-adult": 0.7, "teen": 0.45, "child": 0.25,
         "tween": 0.25, "older-adult": 0.5, "infant": 0.05, "elder": 0.2}  # fmt: skip


def _languages(lot: random.Random) -> dict[str, str]:
    spoken = {"en": "native"}
    if lot.random() < 0.12:
        spoken["es"] = lot.choice(("native", "full", "conversational"))
    for slug in _some(lot, "languages", 0.15):
        spoken.setdefault(slug, "full")
    return spoken


def _openings(lot: random.Random) -> list[Chance]:
    if lot.random() < 0.25:
        return []
    slots = lot.sample([term.slug for term in vocabulary.terms("slots")], 4)
    starts = lot.choice((None, None, TODAY + timedelta(lot.randint(1, 60))))
    confirmed = TODAY - timedelta(days=lot.randint(0, 35))
    return [Chance(slots, lot.randint(0, 3), starts, confirmed)]


def _skills(
    lot: random.Random, name: str, top: Sequence[float], mean: float
) -> dict[str, str]:
    return {
        slug: lot.choices(_DEPTHS, _DEPTH_WEIGHTS)[0]
        for slug, share in _shares(name, tuple(top), mean)
        if lot.random() < share
    }


_DEPTHS = ("interest", "trained", "certified", "consults", "teaches")
_DEPTH_WEIGHTS = (30, 45, 17, 6, 2)


def _some(lot: random.Random, name: str, mean: float) -> list[str]:
    chosen = (lot.random() < share for _, share in _shares(name, (), mean))
    return [
        slug
        for (slug, _), taken in zip(_shares(name, (), mean), chosen, strict=True)
        if taken
    ]


@cache
def _shares(name: str, top: tuple[float, ...], mean: float) -> list[tuple[str, float]]:
    """The share of people who list a term: given at first, then like one over n."""
    slugs = [term.slug for term in vocabulary.terms(name)]
    rest = [1 / place for place in range(3, len(slugs) - len(top) + 3)]
    scale = (mean - sum(top)) / sum(rest)
    shares = [*top, *(min(0.6, scale * share) for share in rest)]
    return list(zip(slugs, shares, strict=True))


@cache
def _zips() -> list[ZipCode]:
    """Ordinary ZIPs of the states, in a random order: the first ones are cities."""
    known = vocabulary.slugs("states")
    found = [
        one
        for one in zip_codes().values()
        if one.kind == "STANDARD" and one.state in known
    ]
    random.Random(SEED).shuffle(found)  # noqa: S311 see above
    return found


@cache
def _weights() -> list[float]:
    """A state's people, spread over its ZIPs with a long tail."""
    lot = random.Random(SEED + 1)  # noqa: S311 see above
    raw = [lot.lognormvariate(0, 1.5) for _ in _zips()]
    totals: dict[str, float] = {}
    for one, weight in zip(_zips(), raw, strict=True):
        totals[one.state] = totals.get(one.state, 0) + weight
    shares = (
        weight / totals[one.state] * _MILLIONS.get(one.state, 2)
        for one, weight in zip(_zips(), raw, strict=True)
    )
    return list(accumulate(shares))
