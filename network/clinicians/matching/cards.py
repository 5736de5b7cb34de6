"""What a result shows of a clinician: made once, with nothing that she hides."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from network.clinicians.matching.belongings import Belongings, Chance, Workplace
from network.clinicians.models import Clinician
from network.clinicians.models.opening import Freshness, freshness
from network.clinicians.reach import Reach
from network.clinicians.supervision.bounds import Bounds


def card(
    clinician: Clinician, hers: Belongings, within: Reach, bounds: Bounds
) -> dict[str, Any]:
    """Slugs of the vocabulary, not labels: whoever shows them knows the words."""
    return {
        "name": clinician.name,
        "credentials": clinician.credentials,
        "pronouns": clinician.pronouns,
        "profession": clinician.profession,
        "stage": clinician.stage,
        "specialties": _graded(hers.specialties, "depth"),
        "approaches": _graded(hers.approaches, "depth"),
        "age_groups": clinician.age_groups,
        "participants": clinician.participants,
        "formats": clinician.formats,
        "acuity": [*bounds.acuity],
        "risks": clinician.risks,
        "levels_of_care": clinician.levels_of_care,
        "licensed_in": sorted(within.in_person),
        "telehealth_in": sorted(within.telehealth),
        "places": [_place(place) for place in hers.workplaces],
        **_shown(clinician, hers, within.as_of),
    }


def _graded(skills: Iterable[tuple[str, str]], grade: str) -> list[dict[str, str]]:
    return [{"term": term, grade: level} for term, level in skills]


def _place(place: Workplace) -> dict[str, str]:
    return {
        "id": str(place.public_id),
        "name": place.name,
        "city": place.city,
        "state": place.state,
        "zip": place.zip,
    }


def _shown(clinician: Clinician, hers: Belongings, on: date) -> dict[str, Any]:
    """The fields that may be kept to oneself; those that are, are left out."""
    fields: dict[str, dict[str, Any]] = {
        "gender": {"gender": clinician.gender},
        "languages": {"languages": _graded(hers.languages, "level")},
        "communities": {"communities": clinician.communities},
        "faiths": {"faiths": clinician.faiths},
        "payers": {"payers": clinician.payers, "networks": clinician.networks},
        "fees": {
            "fee": [clinician.fee_min, clinician.fee_max],
            "sliding_scale": clinician.sliding_scale,
            "superbill": clinician.superbill,
        },
        "openings": {"openings": [*_openings(hers.openings, on)]},
        "bio": {"bio": clinician.bio},
    }
    return {
        key: value
        for field, shown in fields.items()
        if clinician.shows(field)
        for key, value in shown.items()
    }


def _openings(openings: Iterable[Chance], on: date) -> Iterator[dict[str, Any]]:
    """Of what was not confirmed for 45 days, the next night shows nothing."""
    for one in openings:
        if freshness(one.confirmed_on, on) is not Freshness.HIDDEN:
            yield _opening(one)


def _opening(opening: Chance) -> dict[str, Any]:
    return {
        "slots": opening.slots,
        "format": opening.format,
        "payer": opening.payer,
        "count": opening.count,
        "available_on": opening.available_on and str(opening.available_on),
        "confirmed_on": str(opening.confirmed_on),
    }
