"""Many clinicians at random, dense enough that every criterion finds somebody."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from network.clinicians.geography import find_zip
from network.clinicians.models import (
    Absence,
    ApproachSkill,
    Block,
    Clinician,
    LanguageSkill,
    Licence,
    NotForMe,
    Opening,
    Place,
    Practice,
    Privilege,
    SpecialtySkill,
    Supervision,
)

TODAY = date(2026, 11, 20)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)

SPECIALTIES = ["ocd", "tics", "adhd", "depression", "ptsd", "anxiety-general"]
APPROACHES = ["erp", "cbt", "act", "emdr"]
DEPTHS = ["interest", "trained", "certified", "consults", "teaches"]
AGE_GROUPS = ["child", "teen", "young-adult", "adult"]
PARTICIPANTS = ["individual", "couple", "family"]
GENDERS = ["woman", "man", "nonbinary"]
LANGUAGES = ["en", "es", "zh"]
LEVELS = ["native", "full", "conversational"]
FORMATS = ["in_person", "video", "phone", "group"]
PAYERS = ["aetna", "cigna", "medicare"]
NETWORKS = ["alma", "headway"]
RISKS = ["chronic-si", "nssi"]
LEVELS_OF_CARE = ["outpatient", "iop"]
STYLES = ["structured", "homework", "silence"]
SLOTS = ["tue-evening", "wed-morning", "sat-morning"]
STATES = ["NY", "NJ", "CT"]
ZIPS = ["10583", "10601", "10025", "07030", "07450", "06830", "06901", "12207"]
WORDS = ["gentle", "curious", "Zoë", "exposure", "warm", "O'Neil", "river"]
HIDEABLE = ["gender", "languages", "fees", "payers", "openings", "bio", "styles"]


def community_terms() -> tuple[list[str], list[str]]:
    from network.clinicians import vocabulary

    communities = [term.slug for term in vocabulary.terms("communities")][:4]
    faiths = [term.slug for term in vocabulary.terms("faiths")][:4]
    return communities, faiths


COMMUNITIES, FAITHS = community_terms()


def populate(seed: int, size: int) -> list[Clinician]:
    """Clinicians with all that belongs to them; the first one is the searcher."""
    random = Random(seed)  # noqa: S311 the same people again, not a secret
    practices = Practice.objects.bulk_create(
        _practice(random, number) for number in range(max(4, size // 3))
    )
    people = Clinician.objects.bulk_create(
        _clinician(random, seed, number) for number in range(size)
    )
    people[0].verified_at, people[0].suspended_at = LONG_AGO, None
    Clinician.objects.bulk_update(people[:1], ["verified_at", "suspended_at"])
    for model, make in _BELONGINGS.items():
        model._default_manager.bulk_create(
            one for person in people for one in make(random, person)
        )
    Place.objects.bulk_create(
        Place(clinician=person, practice=practice)
        for person in people
        for practice in random.sample(practices, random.choice([0, 1, 1, 1, 2, 3]))
    )
    Block.objects.bulk_create(_blocks(random, people))
    return people


def supervise(seed: int, people: list[Clinician]) -> list[Clinician]:
    """A third become associates, most of whom stand under somebody, perhaps unfit."""
    random = Random(seed)  # noqa: S311 the same people again, not a secret
    associates = random.sample(people[1:], len(people) // 3)
    for one in associates:
        one.stage = Clinician.Stage.ASSOCIATE
    Clinician.objects.bulk_update(associates, ["stage"])
    others = [one for one in people if one not in associates]
    Supervision.objects.bulk_create(
        Supervision(
            associate=one,
            supervisor=random.choice([*others, people[0], associates[0]]),
            state=random.choice(["asked", "confirmed", "confirmed", "ended"]),
            acuity_max=random.randint(1, 4),
            refused_ages=random.sample(AGE_GROUPS, random.choice([0, 0, 1])),
            refused_risks=random.sample(RISKS, random.choice([0, 0, 1])),
        )
        for one in associates[1:]
    )
    return people


def a_need(random: Random) -> dict[str, Any]:
    """A need as JSON; hypothesis draws the generator."""
    need: dict[str, Any] = {}
    for name, make in _ASKED.items():
        if random.random() < 0.3:
            need[name] = make(random)
    if random.random() < 0.1:
        need["text"] = " ".join(random.sample(WORDS, random.choice([1, 1, 2])))
    if random.random() < 0.1:
        need["exclude"] = {"own_practice": True}
    if random.random() < 0.2:
        need["weights"] = {random.choice(sorted(_ASKED)): random.randint(0, 10)}
    return need


def _some(random: Random, choices: Sequence[str]) -> list[str]:
    return random.sample(choices, random.randint(0, len(choices)))


def _practice(random: Random, number: int) -> Practice:
    found = find_zip(random.choice(ZIPS))
    assert found is not None
    known = random.random() < 0.9
    return Practice(
        name=f"{random.choice(WORDS)} Practice {number}",
        zip=found.code,
        state=found.state,
        city=found.city,
        latitude=found.latitude if known else None,
        longitude=found.longitude if known else None,
    )


def _clinician(random: Random, seed: int, number: int) -> Clinician:
    lowest = random.randint(0, 4)
    fee = random.choice([None, 90, 150, 200, 260])
    return Clinician(
        name=f"{random.choice(WORDS)} Person {seed}-{number}",
        bio=" ".join(_some(random, WORDS)),
        profession="psychologist",
        verified_at=LONG_AGO if random.random() < 0.9 else None,
        suspended_at=LONG_AGO if random.random() < 0.05 else None,
        accepting=random.random() < 0.9,
        gender=random.choice(["", *GENDERS]),
        acuity_min=lowest,
        acuity_max=random.randint(lowest, 4),
        age_groups=_some(random, AGE_GROUPS),
        participants=_some(random, PARTICIPANTS),
        formats=_some(random, FORMATS),
        communities=_some(random, COMMUNITIES),
        faiths=_some(random, FAITHS),
        risks=_some(random, RISKS),
        levels_of_care=_some(random, LEVELS_OF_CARE),
        styles={axis: random.randint(1, 5) for axis in _some(random, STYLES)},
        payers=_some(random, PAYERS),
        networks=_some(random, NETWORKS),
        fee_min=fee,
        fee_max=random.choice([None, 300]),
        sliding_scale=random.random() < 0.3,
        superbill=random.random() < 0.5,
        hidden_fields=_some(random, HIDEABLE) if random.random() < 0.3 else [],
        recent_offers=random.choice([0, 0, 0, 1, 3]),
    )


def _licences(random: Random, person: Clinician) -> list[Licence]:
    ends = [None, TODAY + timedelta(days=400), TODAY, TODAY - timedelta(days=1)]
    return [
        Licence(
            clinician=person,
            state=state,
            expires_on=random.choice(ends),
            verified_at=LONG_AGO if random.random() < 0.9 else None,
        )
        for state in random.sample(STATES, random.choice([0, 1, 1, 2, 3]))
    ]


def _privileges(random: Random, person: Clinician) -> list[Privilege]:
    if random.random() < 0.7:
        return []
    return [
        Privilege(
            clinician=person,
            compact="psypact-apit",
            home_state=random.choice(["NJ", "CT"]),
            jurisdictions=random.choice([["*"], ["NJ"], ["CT", "NJ"]]),
            valid_from=date(2024, 7, 1),
            valid_to=random.choice([date(2027, 6, 30), date(2026, 11, 19), None]),
            verified_at=LONG_AGO,
        )
    ]


def _openings(random: Random, person: Clinician) -> list[Opening]:
    return [
        Opening(
            clinician=person,
            slots=_some(random, SLOTS),
            count=random.choice([0, 1, 2]),
            available_on=random.choice([None, *_days(random, -10, 40)]),
            confirmed_on=_days(random, -30, 0)[0],
        )
        for _ in range(random.choice([0, 1, 1, 2, 3]))
    ]


def _absences(random: Random, person: Clinician) -> list[Absence]:
    if random.random() < 0.85:
        return []
    starts = _days(random, -8, 8)[0]
    return [Absence(clinician=person, starts_on=starts, ends_on=starts + timedelta(4))]


def _refusals(random: Random, person: Clinician) -> list[NotForMe]:
    refused = [
        ("specialties", SPECIALTIES),
        ("age_groups", AGE_GROUPS),
        ("participants", PARTICIPANTS),
        ("risks", RISKS),
    ]
    return [
        NotForMe(clinician=person, list=name, term=random.choice(terms))
        for name, terms in refused
        if random.random() < 0.1
    ]


def _blocks(random: Random, people: list[Clinician]) -> list[Block]:
    me = people[0]
    one, other = random.sample(people[1:], 2)
    return [Block(blocker=me, blocked=one), Block(blocker=other, blocked=me)]


def _days(random: Random, earliest: int, latest: int) -> list[date]:
    return [TODAY + timedelta(days=random.randint(earliest, latest))]


_BELONGINGS: dict[type[Any], Any] = {
    Licence: _licences,
    Privilege: _privileges,
    Opening: _openings,
    Absence: _absences,
    NotForMe: _refusals,
    SpecialtySkill: lambda random, person: [
        SpecialtySkill(clinician=person, term=term, depth=random.choice(DEPTHS))
        for term in _some(random, SPECIALTIES)
    ],
    ApproachSkill: lambda random, person: [
        ApproachSkill(clinician=person, term=term, depth=random.choice(DEPTHS))
        for term in _some(random, APPROACHES)
    ],
    LanguageSkill: lambda random, person: [
        LanguageSkill(clinician=person, term=term, level=random.choice(LEVELS))
        for term in _some(random, LANGUAGES)
    ],
}


# -- What may be asked -------------------------------------------------------------


def _wish(random: Random) -> dict[str, str]:
    wish = random.choice(["must", "prefer", "prefer", "avoid", ""])
    return {"wish": wish} if wish else {}


def _one(choices: Sequence[str]) -> Any:
    return lambda random: {"term": random.choice(choices), **_wish(random)}


def _several(choices: Sequence[str], *, depths: Sequence[str] = ()) -> Any:
    def make(random: Random) -> list[dict[str, Any]]:
        chosen = random.sample(choices, random.randint(1, min(3, len(choices))))
        return [
            {
                "term": term,
                **_wish(random),
                **(
                    {"depth": random.choice(depths)}
                    if depths and random.random() < 0.4
                    else {}
                ),
            }
            for term in chosen
        ]

    return make


def _place(random: Random) -> dict[str, Any]:
    place: dict[str, Any] = {
        "mode": random.choice(["in_person", "telehealth", "either"]),
        **_wish(random),
    }
    if random.random() < 0.7:
        place["zip"] = random.choice(ZIPS)
        place["radius_miles"] = random.choice([1, 5, 12, 25, 60, 200])
    if random.random() < 0.4:
        place["state"] = random.choice(STATES)
    return place


def _asked_openings(random: Random) -> dict[str, Any]:
    return {
        "within_weeks": random.choice([1, 2, 4, 8]),
        "slots": _some(random, SLOTS),
        **_wish(random),
    }


def _payment(random: Random) -> dict[str, Any]:
    fields = {
        "payer": random.choice(PAYERS),
        "plan": random.choice(PAYERS),
        "network": random.choice(NETWORKS),
        "max_fee": random.choice([0, 100, 150, 199]),
        "sliding_scale": True,
        "superbill": True,
    }
    chosen = random.sample(sorted(fields), random.randint(0, 3))
    return {**{name: fields[name] for name in chosen}, **_wish(random)}


def _style(random: Random) -> list[dict[str, Any]]:
    return [
        {"axis": axis, "value": random.randint(1, 5), **_wish(random)}
        for axis in random.sample(STYLES, random.randint(1, 2))
    ]


_ASKED: dict[str, Any] = {
    "specialties": _several(SPECIALTIES, depths=DEPTHS),
    "approaches": _several(APPROACHES, depths=DEPTHS),
    "acuity": lambda random: {"level": random.randint(0, 4), **_wish(random)},
    "age_group": _one(AGE_GROUPS),
    "participants": _one(PARTICIPANTS),
    "gender": _one(GENDERS),
    "languages": _several(LANGUAGES),
    "communities": _several(COMMUNITIES),
    "faith": _one(FAITHS),
    "place": _place,
    "openings": _asked_openings,
    "payment": _payment,
    "risk": _several(RISKS),
    "level_of_care": _one(LEVELS_OF_CARE),
    "format": _one(FORMATS),
    "style": _style,
}
