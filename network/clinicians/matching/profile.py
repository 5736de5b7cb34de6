"""What a listing is made from: the part of a profile that colleagues may search.

What a clinician keeps to herself never comes this far. What she does not take on does,
even when she does not show it: it is obeyed, and named to nobody.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from network.clinicians import vocabulary
from network.clinicians.matching.belongings import (
    Belongings,
    Chance,
    Workplace,
    belongings,
)
from network.clinicians.matching.cards import card
from network.clinicians.models import Clinician
from network.clinicians.reach import Reach, reach
from network.clinicians.supervision.bounds import Bounds, bounds_of


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


def profiles(clinician_ids: Sequence[int], today: date) -> Iterator[Profile]:
    """In as many queries for one as for five hundred."""
    people = Clinician.objects.filter(pk__in=clinician_ids)
    hers = belongings(clinician_ids)
    rows = people.select_related("user").prefetch_related("licences", "privileges")
    for person in rows.order_by("pk"):
        yield profile_of(person, hers[person.pk], today)


def profile_of(clinician: Clinician, hers: Belongings, today: date) -> Profile:
    """The licences and privileges have to be prefetched; the rest is in `hers`."""
    within = reach(clinician, today)
    bounds = bounds_of(clinician, next(iter(hers.supervisions), None), today)
    shown = clinician.shows
    pays = shown("fees")
    return Profile(
        clinician_id=clinician.pk,
        public_id=clinician.public_id,
        name=clinician.name,
        visible=bounds.holds and _is_visible(clinician, within),
        recent_offers=clinician.recent_offers,
        acuity=bounds.acuity,
        lists=_lists(clinician, hers),
        depths=_depths(hers),
        languages=dict(hers.languages) if shown("languages") else {},
        styles=clinician.styles if shown("styles") else {},
        fee=_fee(clinician) if pays else None,
        sliding_scale=pays and clinician.sliding_scale,
        superbill=pays and clinician.superbill,
        refusals=[*hers.refusals, *bounds.refusals],
        openings=hers.openings if shown("openings") else (),
        spots=[_spot(place) for place in hers.workplaces],
        licensed_in=within.in_person,
        telehealth_in=within.telehealth,
        away=[one for one in hers.absences if one[1] >= today],
        good_until=_good_until(within, bounds),
        text=_text(clinician, hers),
        card=card(clinician, hers, within, bounds),
    )


def _depths(hers: Belongings) -> dict[str, dict[str, str]]:
    return {
        "specialties": dict(hers.specialties),
        "approaches": dict(hers.approaches),
    }


def _is_visible(clinician: Clinician, within: Reach) -> bool:
    """Without a licence that counts today there is nobody to refer to.

    Nor is whoever may not sign in; an entry nobody has claimed has no sign-in yet.
    """
    if clinician.user is not None and not clinician.user.is_active:
        return False
    return clinician.is_verified and clinician.accepting and bool(within.in_person)


def _lists(clinician: Clinician, hers: Belongings) -> dict[str, Collection[str]]:
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
        "levels_of_care": set(clinician.levels_of_care).union(*hers.levels_of_care),
    }


def _shown(clinician: Clinician, field: str, slugs: list[str]) -> list[str]:
    return [slug for slug in slugs if slug] if clinician.shows(field) else []


def _fee(clinician: Clinician) -> int | None:
    """The lowest fee known; a client compares hers with it."""
    return clinician.fee_max if clinician.fee_min is None else clinician.fee_min


def _spot(place: Workplace) -> Spot:
    if place.latitude is None or place.longitude is None:
        return Spot(place.state, None)
    return Spot(place.state, (place.latitude, place.longitude))


def _good_until(within: Reach, bounds: Bounds) -> date | None:
    own = within.changes_on - timedelta(days=1) if within.changes_on else None
    return min(filter(None, (own, bounds.until)), default=None)


def _text(clinician: Clinician, hers: Belongings) -> str:
    bio = clinician.bio if clinician.shows("bio") else ""
    belongs_to = _shown(clinician, "identities", clinician.identities)
    names = [vocabulary.label("communities", slug) for slug in belongs_to]
    places = [one.name for one in hers.workplaces]
    return " ".join([clinician.name, bio, *names, *places])
