"""The search once more, as plainly as it can be said, over the normalised rows.

It shares no code with the engine but the vocabulary's lists, the ZIPs and the law.
"""

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from network.clinicians.geography import find_zip
from network.clinicians.models import Block, Clinician, Place, Supervision
from network.clinicians.reach import Reach
from network.clinicians.reach import reach as fresh_reach

DEPTHS = ["interest", "trained", "certified", "consults", "teaches"]
WORTH = {"interest": 400, "trained": 700, "certified": 900, "consults": 1000}
WEIGHTS = {
    "specialties": 3,
    "approaches": 2,
    "openings": 2,
    "place": 2,
    "acuity": 2,
}
LISTS = {
    "age_group": "age_groups",
    "participants": "participants",
    "communities": "communities",
    "faith": "faiths",
    "risk": "risks",
    "format": "formats",
    "level_of_care": "levels_of_care",
}
REFUSABLE = {
    "specialties": "specialties",
    "age_group": "age_groups",
    "participants": "participants",
    "risk": "risks",
}


@dataclass
class Verdict:
    clinician: Clinician
    score: int
    parts: list[tuple[str, int, int]]  # path, weight, value


@lru_cache(maxsize=1000)
def _reach(person: tuple[int, int], today: date) -> Reach:
    return fresh_reach(_known[person], today)


_known: dict[tuple[int, int], Clinician] = {}


def reach(person: Clinician, today: date) -> Reach:
    """Once for each person as she was read."""
    key = (person.pk, id(person))
    _known[key] = person
    return _reach(key, today)


def everybody() -> list[Clinician]:
    guides = ("user", "licences", "privileges")
    supervisors = (f"supervisions__supervisor__{one}" for one in guides)
    return list(Clinician.objects.with_profile().prefetch_related(*supervisors))


def search(
    need: dict[str, Any],
    searcher: Clinician,
    today: date,
    people: list[Clinician] | None = None,
) -> list[Verdict]:
    """Everybody who matches, in no order."""
    people = everybody() if people is None else people
    out = left_out(need, searcher)
    verdicts = (judge(need, person, today) for person in people if person.pk not in out)
    return [verdict for verdict in verdicts if verdict is not None]


def left_out(need: dict[str, Any], searcher: Clinician) -> set[int]:
    out = {searcher.pk}
    for block in Block.objects.all():
        if searcher.pk in (block.blocker_id, block.blocked_id):
            out |= {block.blocker_id, block.blocked_id}
    exclude = need.get("exclude", {})
    wanted = {str(one) for one in exclude.get("clinicians", [])}
    closed = {str(one) for one in exclude.get("practices", [])}
    mine = set(searcher.places.values_list("practice_id", flat=True))
    for place in Place.objects.select_related("practice"):
        own = exclude.get("own_practice") and place.practice_id in mine
        if own or str(place.practice.public_id) in closed:
            out.add(place.clinician_id)
    out |= {p.pk for p in Clinician.objects.all() if str(p.public_id) in wanted}
    return out


def judge(need: dict[str, Any], person: Clinician, today: date) -> Verdict | None:
    if not appears(person, today) or refuses(need, person):
        return None
    if not is_legal(need, person, today) or not has_words(need, person):
        return None
    parts = []
    for name, path, wish in wishes(need):
        kept = holds(name, wish, need, person, today)
        if wish.get("wish") == "must" and not kept:
            return None
        if wish.get("wish") == "avoid":
            value = 0 if kept else 1000
        else:
            value = worth(name, wish, need, person, today)
        weight = need.get("weights", {}).get(name, WEIGHTS.get(name, 1))
        parts.append((path, weight, value))
    return Verdict(person, sum(weight * value for _, weight, value in parts), parts)


def appears(person: Clinician, today: date) -> bool:
    return bool(
        person.verified_at
        and not person.suspended_at
        and person.accepting
        and not person.is_away(today)
        and reach(person, today).in_person
        and is_guided(person, today)
    )


def is_guided(person: Clinician, today: date) -> bool:
    """An associate stands under somebody who counts, and keeps some acuity."""
    if person.stage != "associate":
        return True
    one = guidance(person)
    return (
        one is not None
        and one.supervisor.stage == "independent"
        and one.supervisor.verified_at is not None
        and one.supervisor.suspended_at is None
        and bool(reach(one.supervisor, today).in_person)
        and person.acuity_min <= one.acuity_max
    )


def guidance(person: Clinician) -> Supervision | None:
    if person.stage != "associate":
        return None
    confirmed = [one for one in person.supervisions.all() if one.state == "confirmed"]
    return confirmed[0] if confirmed else None


def highest(person: Clinician) -> int:
    one = guidance(person)
    return min(person.acuity_max, one.acuity_max) if one else person.acuity_max


def refuses(need: dict[str, Any], person: Clinician) -> bool:
    refused = {(one.list, one.term) for one in person.not_for_me.all()}
    if one := guidance(person):
        refused |= {("age_groups", term) for term in one.refused_ages}
        refused |= {("risks", term) for term in one.refused_risks}
    return any(
        name in REFUSABLE
        and wish.get("wish") != "avoid"
        and (REFUSABLE[name], wish["term"]) in refused
        for name, _, wish in wishes(need)
    )


def wishes(need: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    order = [
        "specialties", "approaches", "acuity", "age_group", "participants", "gender",
        "languages", "communities", "faith", "place", "openings", "payment", "risk",
        "level_of_care", "format", "style",
    ]  # fmt: skip
    found = []
    for name in order:
        given = need.get(name)
        if isinstance(given, list):
            found += [(name, f"/{name}/{i}", one) for i, one in enumerate(given)]
        elif given is not None and not (name == "payment" and says_nothing(given)):
            found.append((name, f"/{name}", given))
    return found


def says_nothing(payment: dict[str, Any]) -> bool:
    return not set(payment) - {"wish"}


def client_state(need: dict[str, Any]) -> str | None:
    place = need.get("place") or {}
    if place.get("state"):
        return str(place["state"])
    found = find_zip(place["zip"]) if place.get("zip") else None
    return found.state if found else None


def is_legal(need: dict[str, Any], person: Clinician, today: date) -> bool:
    state, within = client_state(need), reach(person, today)
    if state is None:
        return True
    screen = state in within.telehealth
    room = any(p.practice.state in within.in_person for p in person.places.all())
    mode = need["place"].get("mode", "either")
    return {"telehealth": screen, "in_person": room, "either": screen or room}[mode]


def has_words(need: dict[str, Any], person: Clinician) -> bool:
    said = [person.name, *(place.practice.name for place in person.places.all())]
    if "bio" not in person.hidden_fields:
        said.append(person.bio)
    known = plain(" ".join(said)).split()
    return all(word in known for word in plain(need.get("text", "")).split())


def plain(text: str) -> str:
    table = str.maketrans({"ë": "e", "'": " ", "-": " "})
    return text.casefold().translate(table)


def holds(  # noqa: C901, PLR0911 one line a rule reads best
    name: str, wish: dict[str, Any], need: dict[str, Any], who: Clinician, today: date
) -> bool:
    if name in ("specialties", "approaches"):
        depth = depths(name, who).get(wish["term"])
        least = DEPTHS.index(wish.get("depth") or "interest")
        return depth is not None and DEPTHS.index(depth) >= least
    if name in LISTS:
        return wish["term"] in listed(LISTS[name], who)
    if name == "acuity":
        return who.acuity_min <= int(wish["level"]) <= highest(who)
    if name == "gender":
        return shown(who, "gender") and who.gender == wish["term"]
    if name == "languages":
        return wish["term"] in tongues(who)
    if name == "style":
        own = who.styles.get(wish["axis"]) if shown(who, "styles") else None
        return own is not None and abs(own - wish["value"]) <= 1
    if name == "openings":
        return bool(matching_openings(wish, who, today))
    if name == "place":
        return by_screen(need, who, today) or miles_or_state(need, who, today)
    assert name == "payment"
    return all(value == 1000 for value in payment_values(wish, who))


def worth(  # noqa: PLR0911 one line a rule reads best
    name: str, wish: dict[str, Any], need: dict[str, Any], who: Clinician, today: date
) -> int:
    if name in ("specialties", "approaches"):
        depth = depths(name, who).get(wish["term"])
        return WORTH.get(depth, 1000) if depth else 0
    if name == "languages":
        level = tongues(who).get(wish["term"])
        return {None: 0, "conversational": 500}.get(level, 1000)
    if name == "acuity":
        asked = int(wish["level"])
        away = max(who.acuity_min - asked, asked - highest(who), 0)
        return int(max(0, 1000 - 500 * away))
    if name == "style":
        own = who.styles.get(wish["axis"]) if shown(who, "styles") else None
        return 0 if own is None else 1000 - 250 * abs(own - wish["value"])
    if name == "openings":
        return opening_worth(wish, who, today)
    if name == "place":
        return place_worth(need, who, today)
    if name == "payment":
        return min(payment_values(wish, who))
    return 1000 if holds(name, wish, need, who, today) else 0


def shown(who: Clinician, field: str) -> bool:
    return field not in who.hidden_fields


def depths(name: str, who: Clinician) -> dict[str, str]:
    skills = who.specialty_skills if name == "specialties" else who.approach_skills
    return {skill.term: skill.depth for skill in skills.all()}


def tongues(who: Clinician) -> dict[str, str]:
    if not shown(who, "languages"):
        return {}
    return {skill.term: skill.level for skill in who.language_skills.all()}


def listed(field: str, who: Clinician) -> list[str]:
    return list(getattr(who, field)) if shown(who, field) else []


def known_openings(who: Clinician, today: date) -> list[Any]:
    if not shown(who, "openings"):
        return []
    return [o for o in who.openings.all() if (today - o.confirmed_on).days <= 21]


def matching_openings(wish: dict[str, Any], who: Clinician, today: date) -> list[Any]:
    weeks = wish.get("within_weeks", 4)
    return [
        one
        for one in known_openings(who, today)
        if one.count > 0
        and wait(one, today) <= 7 * weeks
        and (not wish.get("slots") or set(one.slots) & set(wish["slots"]))
    ]


def wait(opening: Any, today: date) -> int:
    begins = opening.available_on
    return max(0, (begins - today).days) if begins else 0


def opening_worth(wish: dict[str, Any], who: Clinician, today: date) -> int:
    if not known_openings(who, today):
        return 300
    best = 0
    for one in matching_openings(wish, who, today):
        last = 7 * wish.get("within_weeks", 4)
        soon = 1000 - Fraction(600 * wait(one, today), last)
        fresh = Fraction(21 - (today - one.confirmed_on).days, 21)
        best = max(best, math.floor(soon * fresh))
    return best


def by_screen(need: dict[str, Any], who: Clinician, today: date) -> bool:
    if need["place"].get("mode", "either") == "in_person":
        return False
    state = client_state(need)
    legal = state is None or state in reach(who, today).telehealth
    return legal and bool({"video", "phone"} & set(who.formats))


def rooms(need: dict[str, Any], who: Clinician, today: date) -> list[Any]:
    if need["place"].get("mode", "either") == "telehealth":
        return []
    if "in_person" not in who.formats:
        return []
    licensed = reach(who, today).in_person
    places = [place.practice for place in who.places.all()]
    return [place for place in places if place.state in licensed]


def distance(need: dict[str, Any], who: Clinician, today: date) -> float | None:
    centre = find_zip(need["place"]["zip"])
    assert centre is not None
    miles = [
        haversine(centre.latitude, centre.longitude, room.latitude, room.longitude)
        for room in rooms(need, who, today)
        if room.latitude is not None
    ]
    return min(miles, default=None)


def haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p1, p2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((p2 - p1) / 2) ** 2
    half += math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return round(2 * 3958.8 * math.asin(math.sqrt(half)), 1)


def miles_or_state(need: dict[str, Any], who: Clinician, today: date) -> bool:
    place = need["place"]
    if place.get("zip"):
        miles = distance(need, who, today)
        return miles is not None and miles <= place.get("radius_miles", 15)
    state = client_state(need)
    return any(state in (None, room.state) for room in rooms(need, who, today))


def place_worth(need: dict[str, Any], who: Clinician, today: date) -> int:
    if by_screen(need, who, today):
        return 1000
    if not miles_or_state(need, who, today):
        return 0
    if not need["place"].get("zip"):
        return 1000
    miles = distance(need, who, today)
    assert miles is not None
    tenths = round(miles * 10)
    return math.floor(
        1000 * (1 - Fraction(tenths, 10 * need["place"].get("radius_miles", 15)))
    )


def payment_values(wish: dict[str, Any], who: Clinician) -> list[int]:
    values = []
    payers, networks = listed_when("payers", who), listed_when("networks", who)
    for field, takes in (("payer", payers), ("plan", payers), ("network", networks)):
        if wish.get(field):
            values.append(1000 if wish[field] in takes else 0)
    fees = shown(who, "fees")
    slides = fees and who.sliding_scale
    if wish.get("superbill"):
        values.append(1000 if fees and who.superbill else 0)
    if wish.get("max_fee") is not None:
        relaxed = wish.get("sliding_scale") and slides
        values.append(1000 if relaxed else fee_worth(wish["max_fee"], who))
    elif wish.get("sliding_scale"):
        values.append(1000 if slides else 0)
    return values


def listed_when(field: str, who: Clinician) -> list[str]:
    return list(getattr(who, field)) if shown(who, "payers") else []


def fee_worth(most: int, who: Clinician) -> int:
    fee = who.fee_min if who.fee_min is not None else who.fee_max
    if not shown(who, "fees") or fee is None:
        return 0
    if fee <= most:
        return 1000
    return 0 if most == 0 else max(0, math.floor(1000 * (2 - Fraction(fee, most))))
