"""Openings, as said and as confirmed, and time away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.actions.profile import note_change
from network.clinicians.events import ClinicianEvent
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Absence, Clinician, Opening
from network.clinicians.permissions import require


@dataclass(frozen=True)
class OpeningClaim:
    slots: tuple[str, ...]
    format: str = ""
    payer: str = ""
    count: int = 1
    available_on: date | None = None


@transaction.atomic
def say_openings(
    clinician: Clinician, claims: Iterable[OpeningClaim], *, by: User
) -> None:
    """The whole truth of today: whatever was said before is gone."""
    lock(clinician)
    require("edit", by, clinician)
    today = timezone.localdate()
    clinician.openings.all().delete()
    Opening.objects.bulk_create(
        Opening(
            clinician=clinician,
            slots=list(claim.slots),
            format=claim.format,
            payer=claim.payer,
            count=claim.count,
            available_on=claim.available_on,
            confirmed_on=today,
        )
        for claim in claims
    )
    note_change(clinician, "openings", by=by)


@transaction.atomic
def confirm_openings(clinician: Clinician, *, by: User) -> None:
    """Still so many."""
    lock(clinician)
    require("confirm openings", by, clinician)
    clinician.openings.update(confirmed_on=timezone.localdate())
    _confirmed(clinician, by)


@transaction.atomic
def close_openings(clinician: Clinician, *, by: User) -> None:
    """None just now; the rows stay, so that the next word is one tap away."""
    lock(clinician)
    require("confirm openings", by, clinician)
    closed = clinician.openings.update(count=0, confirmed_on=timezone.localdate())
    if not closed:
        Opening.objects.create(
            clinician=clinician, count=0, confirmed_on=timezone.localdate()
        )
    _confirmed(clinician, by)


@transaction.atomic
def go_away(
    clinician: Clinician,
    *,
    starts_on: date,
    ends_on: date,
    coverer: Clinician | None,
    by: User,
) -> Absence:
    lock(clinician)
    require("go away", by, clinician)
    absence = Absence.objects.create(
        clinician=clinician, starts_on=starts_on, ends_on=ends_on, coverer=coverer
    )
    record(Actor.of(by), ClinicianEvent.WENT_AWAY, clinician)
    rebuild_listings([clinician.pk])
    return absence


@transaction.atomic
def cancel_absence(absence: Absence, *, by: User) -> None:
    clinician = absence.clinician
    lock(clinician)
    require("go away", by, clinician)
    absence.delete()
    record(Actor.of(by), ClinicianEvent.CAME_BACK, clinician)
    rebuild_listings([clinician.pk])


def _confirmed(clinician: Clinician, by: User) -> None:
    record(Actor.of(by), ClinicianEvent.OPENINGS_CONFIRMED, clinician)
    rebuild_listings([clinician.pk])
