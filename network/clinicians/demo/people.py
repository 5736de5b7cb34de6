"""Five hundred invented clinicians as a member list, the same every time."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from network.clinicians.demo import shares
from network.clinicians.geography import ZipCode, zip_codes
from network.clinicians.jurisdictions import operational

SEED = 20_260_601
COUNT = 500
# What the first search of a newcomer asks for; a few near her town can do it.
NEAR_HER = ("10583", "10601", "10605", "10538", "10708", "10530", "10543", "10804")
HER_NEED = ("ocd", "tics", "bfrb")
NEIGHBOURS = {"NY": ("NJ", "CT"), "NJ": ("NY", "PA"), "CT": ("NY", "MA"), "PA": ("NJ",)}

Line = dict[str, Any]


def people(today: date) -> Iterator[Line]:
    """One line each; only the days move with the calendar."""
    for number in range(COUNT):
        yield _person(number, random.Random(SEED + number), today)  # noqa: S311 no secret


def _person(number: int, dice: random.Random, today: date) -> Line:
    home = _home(number, dice)
    profession = _one(shares.PROFESSIONS, dice)
    credentials = dice.choice(shares.CREDENTIALS[profession])
    skills = _skills(number, dice)
    return {
        "external_id": f"demo-{number:03}",
        "name": _name(number, dice),
        "credentials": credentials,
        "profession": profession,
        "gender": _one(shares.GENDERS, dice),
        "licences": _licences(number, home, credentials, dice, today),
        "compacts": _compacts(home, profession, dice, today),
        "practices": [_practice(number, home, dice)],
        **skills,
        **_clients(number, dice),
        **_money(number, dice),
        "styles": {"structured": dice.randint(1, 5), "homework": dice.randint(1, 5)},
        "accepting": dice.random() < 0.85 or _is_near_her(number),
        "openings": _openings(number, dice, today),
        "absences": _absences(number, dice, today),
        "bio": _bio(skills, dice),
        "verified": True,
    }


def _is_near_her(number: int) -> bool:
    return number < len(NEAR_HER)


def _name(number: int, dice: random.Random) -> str:
    """Each round of the last names has first names of its own: no two are the same."""
    rounds, place = divmod(number, len(shares.LAST))
    share = len(shares.FIRST) // (COUNT // len(shares.LAST) + 1)
    first = shares.FIRST[rounds * share + dice.randrange(share)]
    return f"{first} {shares.LAST[place]}"


def _home(number: int, dice: random.Random) -> ZipCode:
    if _is_near_her(number):
        return zip_codes()[NEAR_HER[number]]
    return dice.choice(_zips()[_one(shares.REGIONS, dice)])


@cache
def _zips() -> Mapping[str, list[ZipCode]]:
    found = defaultdict(list)
    for code, spot in sorted(zip_codes().items()):
        found[code[:3]].append(spot)
    return found


def _practice(number: int, home: ZipCode, dice: random.Random) -> Line:
    """Some share a name and a door with their neighbours on the list."""
    street = f"{dice.randint(1, 400)} {dice.choice(shares.LAST)} Street"
    if dice.random() < 0.35:
        return {"name": f"{home.city} Consulting Rooms", "zip": home.code}
    return {"name": "", "street": street, "zip": home.code}


def _licences(
    number: int, home: ZipCode, credentials: str, dice: random.Random, today: date
) -> list[Line]:
    states = [home.state]
    if dice.random() < 0.3:
        states += dice.sample(NEIGHBOURS.get(home.state, ("NY", "CA", "FL")), 1)
    kind = credentials.partition(",")[0]
    return [
        {
            "state": state,
            "type": kind,
            "number": f"{100_000 + number}",
            "expires": str(today + timedelta(days=dice.randint(60, 900))),
        }
        for state in states
    ]


def _compacts(
    home: ZipCode, profession: str, dice: random.Random, today: date
) -> list[Line]:
    slug = {"psychologist": "psypact-apit", "counselor": "counseling"}.get(profession)
    if slug is None or home.state not in operational(slug, today):
        return []
    if dice.random() > 0.6:
        return []
    return [
        {
            "compact": slug,
            "home_state": home.state,
            "jurisdictions": ["*"],
            "from": str(today - timedelta(days=dice.randint(30, 400))),
            "to": str(today + timedelta(days=dice.randint(30, 700))),
        }
    ]


def _skills(number: int, dice: random.Random) -> Line:
    chances = {term: share for term, (share, _) in shares.SPECIALTIES.items()}
    listed = [*HER_NEED[: dice.randint(2, 3)]] if _is_near_her(number) else []
    listed = list(dict.fromkeys(listed + _some(chances, dice, at_least=2)))
    ways = {
        way
        for term in listed
        for way in shares.SPECIALTIES[term][1]
        if dice.random() < 0.45
    }
    ways |= {"erp", "cbit-hrt"} if _is_near_her(number) else set()
    return {
        "specialties": [_with_depth(term, dice) for term in listed],
        "approaches": [_with_depth(way, dice) for way in sorted(ways)],
        "not_for_me": _exclusions(listed, dice),
    }


def _with_depth(term: str, dice: random.Random) -> Line:
    return {"term": term, "depth": _one(shares.DEPTHS, dice)}


def _exclusions(listed: list[str], dice: random.Random) -> list[Line]:
    """Not what she lists herself."""
    possible = [
        {"list": "specialties", "term": term}
        for term in ("ed", "sud", "forensic-legal", "psychosis", "sexual-offending")
        if term not in listed
    ]
    possible += [
        {"list": "risks", "term": term} for term in ("medical-ed", "active-sud")
    ]
    return dice.sample(possible, 1) if dice.random() < 0.25 else []


def _clients(number: int, dice: random.Random) -> Line:
    ages = _some(shares.AGE_GROUPS, dice, at_least=2)
    near = ["young-adult", "adult"] if _is_near_her(number) else []
    risks = _some(shares.RISKS, dice)
    lowest = dice.choice((0, 0, 0, 1))
    return {
        "age_groups": list(dict.fromkeys([*near, *ages])),
        "participants": _some(shares.PARTICIPANTS, dice, at_least=1),
        "formats": _some(shares.FORMATS, dice, at_least=1),
        "languages": ["en", *_tongues(dice)],
        "communities": _some(shares.COMMUNITIES, dice),
        "faith": _some(shares.FAITHS, dice),
        "access": _some(shares.ACCESS, dice),
        "acuity": {"min": lowest, "max": dice.choice((2, 2, 3)) + bool(risks)},
        "risks": risks,
        "levels_of_care": ["outpatient", *(["twice-weekly"] if risks else [])],
    }


def _tongues(dice: random.Random) -> list[Line]:
    listed = [
        term for term, share in shares.LANGUAGES.items() if dice.randrange(1000) < share
    ]
    levels = ("native", "full", "full", "conversational")
    return [{"term": term, "level": dice.choice(levels)} for term in listed]


def _money(number: int, dice: random.Random) -> Line:
    """A third takes no insurance; doctors cost more."""
    lowest = dice.randrange(90, 260, 10)
    pays = [] if dice.random() < 0.32 else _some(shares.PAYERS, dice, at_least=1)
    near = ["aetna"] if _is_near_her(number) and number % 4 else []
    return {
        "fee": {"min": lowest, "max": lowest + dice.randrange(0, 120, 10)},
        "sliding_scale": dice.random() < 0.35,
        "superbill": dice.random() < 0.6,
        "payers": list(dict.fromkeys([*near, *pays])),
        "networks": _some(shares.NETWORKS, dice) if pays else [],
    }


def _openings(number: int, dice: random.Random, today: date) -> list[Line]:
    """Half say nothing; of the others some said it too long ago."""
    if dice.random() < 0.5 and not _is_near_her(number):
        return []
    slots = [
        f"{day}-{part}"
        for day in shares.DAYS[: 6 if dice.random() < 0.2 else 5]
        for part in _some(shares.SLOTS, dice)
        if dice.random() < 0.5
    ]
    near = ["tue-evening", "thu-evening"] if _is_near_her(number) else []
    age = dice.randint(0, 9 if _is_near_her(number) else 34)
    return [
        {
            "slots": list(dict.fromkeys([*near, *slots])),
            "format": dice.choice(("video", "in_person", None)),
            "count": max(dice.choice((0, 1, 1, 1, 2, 2, 3)), int(bool(near))),
            "from": str(today + timedelta(days=dice.choice((0, 0, 0, 7, 14, 28)))),
            "confirmed": str(today - timedelta(days=age)),
        }
    ]


def _absences(number: int, dice: random.Random, today: date) -> list[Line]:
    if dice.random() > 0.04 or _is_near_her(number):
        return []
    first = today + timedelta(days=dice.randint(-10, 40))
    return [
        {"from": str(first), "to": str(first + timedelta(days=dice.randint(5, 90)))}
    ]


def _bio(skills: Line, dice: random.Random) -> str:
    beginnings = (
        "Trained in hospital clinics, now in private practice.",
        "Fifteen years with adults and families.",
        "Sees few clients and sees them often.",
        "Likes to work with colleagues: a call before and after.",
        "Came to this work from teaching.",
    )
    endings = (
        "Answers colleagues within two days.",
        "A first call is free.",
        "Glad to consult on a case.",
        "Writes a short letter after the first session.",
    )
    return f"{dice.choice(beginnings)} {dice.choice(endings)}"


def _one(shares_of: Mapping[str, int], dice: random.Random) -> str:
    return dice.choices(list(shares_of), list(shares_of.values()))[0]


def _some(
    shares_of: Mapping[str, int], dice: random.Random, at_least: int = 0
) -> list[str]:
    """Each by its own chance of a hundred; the commonest fill up what is missing."""
    listed = [term for term, share in shares_of.items() if dice.randrange(100) < share]
    common = sorted(shares_of, key=lambda term: -shares_of[term])
    for term in common[: max(0, at_least - len(listed)) * 2]:
        if len(listed) < at_least and term not in listed:
            listed.append(term)
    return listed
