"""What a listing is made from: the part of a profile that colleagues may search.

What a clinician keeps to herself never comes this far. What she does not take on does,
even when she does not show it: it is obeyed, and named to nobody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from network.clinicians.matching.cards import card
from network.clinicians.models import Clinician, Opening, Practice
from network.clinicians.reach import Reach, reach


@dataclass(frozen=True, slots=True)
class Chance:
    """So many places in these slots from a day on, as confirmed on another."""

    slots: Collection[str]
    count: int
    available_on: date | None
    confirmed_on: date


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody works: its state, and its degrees when they are known."""

    state: str
    degrees: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Profile:
    clinician_id: int
    public_id: UUID
    name: str
    visible: bool
    recent_offers: int
    acuity: tuple[int, int]
    # By the name of the region in the layout: the slugs she lists.
    lists: Mapping[str, Collection[str]]
    depths: Mapping[str, Mapping[str, str]]
    languages: Mapping[str, str]
    styles: Mapping[str, int]
    fee: int | None
    sliding_scale: bool
    superbill: bool
    refusals: Collection[tuple[str, str]]
    openings: Collection[Chance]
    spots: Collection[Spot]
    licensed_in: Collection[str]
    telehealth_in: Collection[str]
    away: Collection[tuple[date, date]]
    # The last day on which all of this is sure to hold; none: no end in sight.
    good_until: date | None
    text: str
    card: Mapping[str, Any]


def profile_of(clinician: Clinician, today: date) -> Profile:
    """Reads what `with_profile()` prefetched, and nothing else."""
    within = reach(clinician, today)
    practices = [place.practice for place in clinician.places.all()]
    pays = clinician.shows("fees")
    return Profile(
        clinician_id=clinician.pk,
        public_id=clinician.public_id,
        name=clinician.name,
        visible=_is_visible(clinician, within),
        recent_offers=clinician.recent_offers,
        acuity=(clinician.acuity_min, clinician.acuity_max),
        lists=_lists(clinician),
        depths=_depths(clinician),
        languages=_languages(clinician),
        styles=clinician.styles if clinician.shows("styles") else {},
        fee=_fee(clinician) if pays else None,
        sliding_scale=pays and clinician.sliding_scale,
        superbill=pays and clinician.superbill,
        refusals=[(one.list, one.term) for one in clinician.not_for_me.all()],
        openings=[_chance(one) for one in _openings(clinician)],
        spots=[_spot(practice) for practice in practices],
        licensed_in=within.in_person,
        telehealth_in=within.telehealth,
        away=_absences(clinician, today),
        good_until=_good_until(within),
        text=_text(clinician, practices),
        card=card(clinician, within),
    )


def _depths(clinician: Clinician) -> dict[str, dict[str, str]]:
    return {
        "specialties": {s.term: s.depth for s in clinician.specialty_skills.all()},
        "approaches": {s.term: s.depth for s in clinician.approach_skills.all()},
    }


def _is_visible(clinician: Clinician, within: Reach) -> bool:
    """Without a licence that counts today there is nobody to refer to."""
    return clinician.is_verified and clinician.accepting and bool(within.in_person)


def _lists(clinician: Clinician) -> dict[str, Collection[str]]:
    levels = set(clinician.levels_of_care)
    levels.update(*(one.levels_of_care for one in clinician.programmes.all()))
    pays = clinician.shows("payers")
    return {
        "age_groups": clinician.age_groups,
        "participants": clinician.participants,
        "genders": _shown(clinician, "gender", [clinician.gender]),
        "formats": clinician.formats,
        "payers": clinician.payers if pays else [],
        "networks": clinician.networks if pays else [],
        "communities": _shown(clinician, "communities", clinician.communities),
        "faiths": _shown(clinician, "faiths", clinician.faiths),
        "risks": clinician.risks,
        "levels_of_care": levels,
    }


def _shown(clinician: Clinician, field: str, slugs: list[str]) -> list[str]:
    return [slug for slug in slugs if slug] if clinician.shows(field) else []


def _languages(clinician: Clinician) -> dict[str, str]:
    if not clinician.shows("languages"):
        return {}
    return {one.term: one.level for one in clinician.language_skills.all()}


def _fee(clinician: Clinician) -> int | None:
    """The lowest fee known; a client compares hers with it."""
    return clinician.fee_max if clinician.fee_min is None else clinician.fee_min


def _openings(clinician: Clinician) -> list[Opening]:
    return list(clinician.openings.all()) if clinician.shows("openings") else []


def _chance(opening: Opening) -> Chance:
    return Chance(
        opening.slots, opening.count, opening.available_on, opening.confirmed_on
    )


def _spot(practice: Practice) -> Spot:
    if practice.latitude is None or practice.longitude is None:
        return Spot(practice.state, None)
    return Spot(practice.state, (practice.latitude, practice.longitude))


def _absences(clinician: Clinician, today: date) -> list[tuple[date, date]]:
    """Times away that nobody covers and that are not over."""
    return [
        (absence.starts_on, absence.ends_on)
        for absence in clinician.absences.all()
        if absence.coverer_id is None and absence.ends_on >= today
    ]


def _good_until(within: Reach) -> date | None:
    return within.changes_on - timedelta(days=1) if within.changes_on else None


def _text(clinician: Clinician, practices: list[Practice]) -> str:
    bio = clinician.bio if clinician.shows("bio") else ""
    return " ".join([clinician.name, bio, *(practice.name for practice in practices)])
