"""What a result shows of a clinician: made once, with nothing that she hides."""

from typing import Any

from network.clinicians.models import Clinician, Opening, Place
from network.clinicians.reach import Reach


def card(clinician: Clinician, within: Reach) -> dict[str, Any]:
    """Slugs of the vocabulary, not labels: whoever shows them knows the words."""
    return {
        "name": clinician.name,
        "credentials": clinician.credentials,
        "pronouns": clinician.pronouns,
        "profession": clinician.profession,
        "stage": clinician.stage,
        "specialties": _skills(clinician.specialty_skills.all()),
        "approaches": _skills(clinician.approach_skills.all()),
        "age_groups": clinician.age_groups,
        "participants": clinician.participants,
        "formats": clinician.formats,
        "acuity": [clinician.acuity_min, clinician.acuity_max],
        "risks": clinician.risks,
        "levels_of_care": clinician.levels_of_care,
        "licensed_in": sorted(within.in_person),
        "telehealth_in": sorted(within.telehealth),
        "places": [_place(place) for place in clinician.places.all()],
        **_shown(clinician),
    }


def _skills(skills: Any) -> list[dict[str, str]]:
    return [{"term": skill.term, "depth": skill.depth} for skill in skills]


def _place(place: Place) -> dict[str, str]:
    practice = place.practice
    return {
        "id": str(practice.public_id),
        "name": practice.name,
        "city": practice.city,
        "state": practice.state,
        "zip": practice.zip,
    }


def _shown(clinician: Clinician) -> dict[str, Any]:
    """The fields that may be kept to oneself; those that are, are left out."""
    fields: dict[str, dict[str, Any]] = {
        "gender": {"gender": clinician.gender},
        "languages": {"languages": _languages(clinician)},
        "communities": {"communities": clinician.communities},
        "faiths": {"faiths": clinician.faiths},
        "payers": {"payers": clinician.payers, "networks": clinician.networks},
        "fees": {
            "fee": [clinician.fee_min, clinician.fee_max],
            "sliding_scale": clinician.sliding_scale,
            "superbill": clinician.superbill,
        },
        "openings": {"openings": [_opening(one) for one in clinician.openings.all()]},
        "bio": {"bio": clinician.bio},
    }
    return {
        key: value
        for field, shown in fields.items()
        if clinician.shows(field)
        for key, value in shown.items()
    }


def _languages(clinician: Clinician) -> list[dict[str, str]]:
    skills = clinician.language_skills.all()
    return [{"term": skill.term, "level": skill.level} for skill in skills]


def _opening(opening: Opening) -> dict[str, Any]:
    return {
        "slots": opening.slots,
        "format": opening.format,
        "payer": opening.payer,
        "count": opening.count,
        "available_on": opening.available_on and str(opening.available_on),
        "confirmed_on": str(opening.confirmed_on),
    }
