"""What belongs to many clinicians at once, read plainly: a query for each kind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from network.clinicians.models import (
    Absence,
    ApproachSkill,
    LanguageSkill,
    NotForMe,
    Opening,
    Place,
    Programme,
    SpecialtySkill,
    Supervision,
)


@dataclass(frozen=True, slots=True)
class Workplace:
    public_id: UUID
    name: str
    city: str
    state: str
    zip: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Chance:
    """So many places in these slots from a day on, as confirmed on another."""

    slots: Sequence[str]
    count: int
    available_on: date | None
    confirmed_on: date
    format: str = ""
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Belongings:
    """Of one clinician, each kind in the order of its own."""

    specialties: list[tuple[str, str]] = field(default_factory=list)
    approaches: list[tuple[str, str]] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    levels_of_care: list[list[str]] = field(default_factory=list)
    absences: list[tuple[date, date]] = field(default_factory=list)
    openings: list[Chance] = field(default_factory=list)
    workplaces: list[Workplace] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)  # one at most


_WORKPLACE = ("public_id", "name", "city", "state", "zip", "latitude", "longitude")


def _itself(slugs: list[str]) -> list[str]:
    return slugs


_KINDS: tuple[tuple[str, type[Model], tuple[str, ...], Any], ...] = (
    ("specialties", SpecialtySkill, ("term", "depth"), None),
    ("approaches", ApproachSkill, ("term", "depth"), None),
    ("languages", LanguageSkill, ("term", "level"), None),
    ("refusals", NotForMe, ("list", "term"), None),
    ("levels_of_care", Programme, ("levels_of_care",), _itself),
    (
        "openings",
        Opening,
        ("slots", "count", "available_on", "confirmed_on", "format", "payer"),
        Chance,
    ),
    ("workplaces", Place, tuple(f"practice__{one}" for one in _WORKPLACE), Workplace),
)


def belongings(clinician_ids: Sequence[int]) -> Mapping[int, Belongings]:
    """Absences only where nobody covers; a clinician without anything is in it too."""
    found: defaultdict[int, Belongings] = defaultdict(Belongings)
    for name, model, columns, make in _KINDS:
        rows = model._default_manager.filter(clinician__in=clinician_ids)
        for owner, *values in rows.values_list("clinician_id", *columns):
            one = make(*values) if make else tuple(values)
            getattr(found[owner], name).append(one)
    away = Absence.objects.filter(clinician__in=clinician_ids, coverer=None)
    for owner, starts_on, ends_on in away.values_list(
        "clinician_id", "starts_on", "ends_on"
    ):
        found[owner].absences.append((starts_on, ends_on))
    for one in Supervision.objects.guiding(clinician_ids):
        found[one.associate_id].supervisions.append(one)
    return found
