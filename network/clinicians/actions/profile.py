"""A clinician says who she is, whom she sees and how: one section at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.db import transaction

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.actions.reviews import submit_anew
from network.clinicians.events import ClinicianEvent
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician
from network.clinicians.permissions import require

Terms = Sequence[str]
# What staff compare with the licence when they vouch for somebody.
VOUCHED = frozenset({"name", "credentials", "profession", "stage"})


@dataclass(frozen=True)
class Section:
    """Columns of the profile that are said together, by their names."""

    section: ClassVar[str]


@dataclass(frozen=True)
class Person(Section):
    section: ClassVar[str] = "person"
    name: str
    credentials: str
    pronouns: str
    profession: str
    taxonomy: str
    npi: str
    stage: str
    gender: str
    phone: str
    bio: str


@dataclass(frozen=True)
class Clients(Section):
    section: ClassVar[str] = "clients"
    age_groups: Terms
    participants: Terms
    formats: Terms
    communities: Terms
    faiths: Terms
    access: Terms


@dataclass(frozen=True)
class Care(Section):
    section: ClassVar[str] = "care"
    acuity_min: int
    acuity_max: int
    risks: Terms
    levels_of_care: Terms


@dataclass(frozen=True)
class Payment(Section):
    section: ClassVar[str] = "payment"
    payers: Terms
    networks: Terms
    fee_min: int | None
    fee_max: int | None
    sliding_scale: bool
    superbill: bool


@dataclass(frozen=True)
class Style(Section):
    section: ClassVar[str] = "style"
    styles: Mapping[str, int]


@dataclass(frozen=True)
class Visibility(Section):
    section: ClassVar[str] = "visibility"
    hidden_fields: Terms


@dataclass(frozen=True)
class Acceptance(Section):
    section: ClassVar[str] = "acceptance"
    accepting: bool


@transaction.atomic
def change_section(clinician: Clinician, said: Section, *, by: User) -> None:
    """Staff vouched for the person as she was: whoever becomes another waits anew.

    A new NPI is not yet bound to the person either. What says nothing new is no change.
    """
    lock(clinician)
    require("edit", by, clinician)
    changed = {
        column: value
        for column, value in vars(said).items()
        if getattr(clinician, column) != value
    }
    if not changed:
        return
    if "npi" in changed:
        changed["npi_bound_at"] = None
    if others := VOUCHED & changed.keys():
        changed |= {"verified_at": None, "verified_by": None}
        submit_anew(clinician, others)
    for column, value in changed.items():
        setattr(clinician, column, value)
    clinician.save(update_fields=list(changed))

    note_change(clinician, said.section, by=by)


def note_change(clinician: Clinician, section: str, *, by: User) -> None:
    """What every change of a profile ends with; belongs to its transaction."""
    record(
        Actor.of(by),
        ClinicianEvent.PROFILE_CHANGED,
        clinician,
        detail={"section": section},
    )
    rebuild_listings([clinician.pk])
