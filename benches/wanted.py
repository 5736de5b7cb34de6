"""Two hundred needs, always the same: mostly narrow, some broad on purpose."""

import json
import random
from collections.abc import Sequence
from typing import Any

from benches.crowd import SEED, Somebody, practice_id
from network.clinicians.matching import Need

COUNT, BROAD = 200, 25


class Wanted:
    """A need in its three shapes, and what its floor and its directory ask for."""

    def __init__(self, raw: dict[str, Any], lot: random.Random, size: int) -> None:
        self.raw = raw
        self.need = Need.model_validate(raw)
        self.json = json.dumps(raw)
        self.floor = [lot.randint(1, size) for _ in range(20)]
        self.word = lot.choice(("grief", "music", "school", "sleep"))
        self.total = 0


def needs(people: Sequence[Somebody]) -> list[dict[str, Any]]:
    lot = random.Random(SEED + 2)  # noqa: S311 the same needs again, not a secret
    return [
        *(_narrow(lot, people) for _ in range(COUNT - BROAD)),
        *(_broad(lot, place) for place in range(BROAD)),
    ]


def _narrow(lot: random.Random, people: Sequence[Somebody]) -> dict[str, Any]:
    """Around somebody who exists, so that it is not about nowhere."""
    near = lot.choice(people)
    need: dict[str, Any] = {
        "specialties": _first_must(_skills(lot, _asked(lot), lot.randint(1, 3), 0.3)),
        "place": _place(lot, near),
        "exclude": _excluded(lot, people),
        "weights": {name: lot.randint(1, 5) for name in ("specialties", "openings")},
    }
    for name, share, make in _OTHERS:
        if lot.random() < share:
            need[name] = make(lot)
    if lot.random() < 0.08:
        words = near.profile.text.split()
        need["text"] = lot.choice([words[1], words[-1]])
    return need


def _broad(lot: random.Random, place: int) -> dict[str, Any]:
    """The worst that people ask: a common wish and half a country."""
    if place < 4:
        return {
            "specialties": [{"term": "anxiety-general", "wish": "must"}],
            "place": {"mode": "telehealth", "state": "CA", "wish": "must"},
            "openings": {"within_weeks": 4},
        }
    state = lot.choice(["CA", "TX", "NY", "FL"])
    return {
        "specialties": _skills(lot, _SPECIALTIES[:6], 2, 1),
        "age_group": {"term": "adult", "wish": "must"},
        "place": {"mode": "telehealth", "state": state, "wish": "must"},
        "payment": {"max_fee": 200},
        "openings": {"within_weeks": 4, "slots": ["tue-evening", "wed-evening"]},
    }


_SPECIALTIES = [
    "anxiety-general", "panic", "social-anxiety", "phobias", "health-anxiety", "ocd",
    "perinatal-ocd", "bfrb", "hoarding", "bdd", "tics", "depression", "bipolar",
    "ptsd", "adhd", "autism", "couples", "grief", "bpd", "insomnia",
]  # fmt: skip
_APPROACHES = ["cbt", "erp", "act", "emdr", "dbt", "ifs", "psychodynamic", "schema"]


def _skills(
    lot: random.Random, terms: Sequence[str], count: int, musts: float
) -> list[dict[str, Any]]:
    chosen = lot.sample(terms, min(count, len(terms)))
    return [
        {
            "term": term,
            "wish": "must" if lot.random() < musts else "prefer",
            **({"depth": "trained"} if lot.random() < 0.3 else {}),
        }
        for term in chosen
    ]


def _first_must(skills: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the referral is about, at least, has to be."""
    return [{**skills[0], "wish": "must"}, *skills[1:]]


def _place(lot: random.Random, near: Somebody) -> dict[str, Any]:
    mode = lot.choices(("in_person", "telehealth", "either"), (50, 35, 15))[0]
    if mode == "telehealth":
        return {"mode": mode, "state": near.zip.state, "wish": "must"}
    radius = lot.choice([5, 10, 15, 25, 50, 100])
    return {"mode": mode, "zip": near.zip.code, "radius_miles": radius, "wish": "must"}


def _excluded(lot: random.Random, people: Sequence[Somebody]) -> dict[str, Any]:
    count = min(lot.choice([0, 0, 3, 30, 300]), len(people))
    chosen = lot.sample(people, count)
    closed = lot.sample(people, lot.choice([0, 0, 1, 3]))
    return {
        "clinicians": [str(one.profile.public_id) for one in chosen],
        "practices": [str(practice_id(one.practice)) for one in closed],
    }


def _wish(lot: random.Random, musts: float = 0.5) -> dict[str, str]:
    return {"wish": "must" if lot.random() < musts else "prefer"}


def _openings(lot: random.Random) -> dict[str, Any]:
    slots = lot.choice([[], ["tue-evening", "thu-evening"], ["sat-morning"]])
    return {"within_weeks": lot.choice([2, 4, 8]), "slots": slots, **_wish(lot, 0.15)}


def _payment(lot: random.Random) -> dict[str, Any]:
    if lot.random() < 0.6:
        return {"payer": lot.choice(["aetna", "cigna", "medicare"]), **_wish(lot, 0.45)}
    return {"max_fee": lot.choice([120, 160, 200, 250]), **_wish(lot, 0.4)}


_OTHERS: tuple[tuple[str, float, Any], ...] = (
    ("approaches", 0.6, lambda lot: _skills(lot, _APPROACHES, lot.randint(1, 2), 0.3)),
    ("acuity", 0.4, lambda lot: {"level": lot.randint(0, 4), **_wish(lot, 0.4)}),
    (
        "age_group",
        0.6,
        lambda lot: {"term": lot.choice(["adult", "teen", "child"]), **_wish(lot, 0.7)},
    ),
    (
        "gender",
        0.35,
        lambda lot: {"term": lot.choice(["woman", "man"]), **_wish(lot, 0.4)},
    ),
    ("languages", 0.12, lambda lot: [{"term": "es", **_wish(lot, 0.7)}]),
    ("faith", 0.06, lambda lot: {"term": "jewish", **_wish(lot, 0.3)}),
    ("openings", 0.6, _openings),
    ("payment", 0.5, _payment),
)


def _asked(lot: random.Random) -> Sequence[str]:
    """What many offer is asked for more often."""
    return _SPECIALTIES[: lot.choice((6, 12, len(_SPECIALTIES)))]
