"""The same search by looking at everybody, for the needs of the benchmark."""

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

from benches.crowd import TODAY, Somebody, practice_id
from network.clinicians.geography import find_zip
from network.clinicians.matching.profile import Profile

WORTH = {"interest": 400, "trained": 700, "certified": 900}
DEPTHS = ["interest", "trained", "certified", "consults", "teaches"]
WEIGHTS = {"specialties": 3, "approaches": 2, "openings": 2, "place": 2, "acuity": 2}
FIELDS = {"age_group": "age_groups", "gender": "genders", "faith": "faiths"}

Wish = Mapping[str, Any]


def best(
    need: Mapping[str, Any], people: Sequence[Somebody], seed: bytes
) -> tuple[list[tuple[int, int]], int]:
    """The first twenty with their scores, and how many there are."""
    closed = set(need["exclude"]["practices"]) if "exclude" in need else set()
    out = set(need.get("exclude", {}).get("clinicians", ()))
    wishes = list(_wishes(need))
    found = []
    for one in people:
        profile = one.profile
        if not profile.visible or not _legal(need, one):
            continue
        if str(practice_id(one.practice)) in closed or str(profile.public_id) in out:
            continue
        score = _score(need, wishes, one)
        if score is not None:
            lot = sha256(seed + profile.public_id.bytes).digest()
            found.append((-score, profile.recent_offers, lot, profile.clinician_id))
    found.sort()
    return [(who, -score) for score, _, _, who in found[:20]], len(found)


def _wishes(need: Mapping[str, Any]) -> Iterator[tuple[str, int, Wish]]:
    for name, given in need.items():
        weight = need.get("weights", {}).get(name, WEIGHTS.get(name, 1))
        if name in ("exclude", "weights", "text"):
            continue
        for wish in given if isinstance(given, list) else [given]:
            yield name, weight, wish


def _legal(need: Mapping[str, Any], one: Somebody) -> bool:
    place, profile = need["place"], one.profile
    if place["mode"] != "telehealth" and one.zip.state in profile.licensed_in:
        return True
    return place["mode"] != "in_person" and _state(place) in profile.telehealth_in


def _state(place: Wish) -> str:
    found = find_zip(place.get("zip", ""))
    return str(place.get("state") or (found.state if found else ""))


def _score(
    need: Mapping[str, Any], wishes: Sequence[tuple[str, int, Wish]], one: Somebody
) -> int | None:
    profile, score = one.profile, 0
    refused = {term for _, term in profile.refusals}
    if not set(need.get("text", "").lower().split()) <= set(_words(profile)):
        return None
    for name, weight, wish in wishes:
        if name == "specialties" and wish["term"] in refused:
            return None
        holds, value = _JUDGES[name](name, wish, one)
        if wish.get("wish") == "must" and not holds:
            return None
        score += weight * value
    return score


def _words(profile: Profile) -> list[str]:
    return profile.text.lower().split()


def _skill(name: str, wish: Wish, one: Somebody) -> tuple[bool, int]:
    depth = one.profile.depths[name].get(wish["term"])
    if depth is None:
        return False, 0
    least = DEPTHS.index(wish.get("depth", "interest"))
    return DEPTHS.index(depth) >= least, WORTH.get(depth, 1000)


def _listed(name: str, wish: Wish, one: Somebody) -> tuple[bool, int]:
    holds = wish["term"] in one.profile.lists[FIELDS[name]]
    return holds, 1000 * holds


def _language(name: str, wish: Wish, one: Somebody) -> tuple[bool, int]:
    level = one.profile.languages.get(wish["term"])
    worth = {None: 0, "conversational": 500}
    return level is not None, worth.get(level, 1000)


def _acuity(name: str, wish: Wish, one: Somebody) -> tuple[bool, int]:
    lowest, highest = one.profile.acuity
    outside = max(lowest - wish["level"], wish["level"] - highest, 0)
    return outside == 0, max(0, 1000 - 500 * outside)


def _payment(name: str, wish: Wish, one: Somebody) -> tuple[bool, int]:
    if "payer" in wish:
        takes = wish["payer"] in one.profile.lists["payers"]
        return takes, 1000 * takes
    fee, most = one.profile.fee, wish["max_fee"]
    if fee is None:
        return False, 0
    above = max(0, math.floor(1000 * (2 - Fraction(fee, most))))
    return fee <= most, min(1000, above)


def _openings(name: str, wish: Wish, one: Somebody) -> tuple[bool, int]:
    known = [o for o in one.profile.openings if (TODAY - o.confirmed_on).days <= 21]
    if not known:
        return False, 300
    gains = []
    last = 7 * wish["within_weeks"]
    for o in known:
        wait = max(0, (o.available_on - TODAY).days) if o.available_on else 0
        fits = not wish.get("slots") or set(o.slots) & set(wish["slots"])
        if o.count and fits and wait <= last:
            fresh = 1 - Fraction((TODAY - o.confirmed_on).days, 21)
            gains.append(math.floor((1000 - Fraction(600 * wait, last)) * fresh))
    return bool(gains), max(gains, default=0)


def _place(name: str, wish: Wish, one: Somebody) -> tuple[bool, int]:
    mode, profile = wish["mode"], one.profile
    formats = profile.lists["formats"]
    screen = {"video", "phone"} & set(formats)
    if mode != "in_person" and screen and _state(wish) in profile.telehealth_in:
        return True, 1000
    if mode == "telehealth" or "in_person" not in formats:
        return False, 0
    if one.zip.state not in profile.licensed_in:
        return False, 0
    tenths = round(10 * _miles(wish["zip"], one))
    radius = 10 * wish["radius_miles"]
    if tenths > radius:
        return False, 0
    return True, math.floor(1000 * (1 - Fraction(tenths, radius)))


def _miles(code: str, one: Somebody) -> float:
    """The haversine, as a textbook has it."""
    middle = find_zip(code)
    assert middle is not None  # noqa: S101 the needs are around real people
    lat1, lat2 = math.radians(middle.latitude), math.radians(one.zip.latitude)
    across = math.radians(one.zip.longitude - middle.longitude)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(across / 2) ** 2
    return round(2 * 3958.8 * math.asin(math.sqrt(half)), 1)


_JUDGES: dict[str, Any] = {
    "specialties": _skill,
    "approaches": _skill,
    "age_group": _listed,
    "gender": _listed,
    "faith": _listed,
    "languages": _language,
    "acuity": _acuity,
    "payment": _payment,
    "openings": _openings,
    "place": _place,
}
