"""Openings, as said and as confirmed, and time away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actions import settle
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.actions.profile import note_change
from network.clinicians.events import ClinicianEvent, OpeningsEvent
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
def confirm_openings(
    clinician: Clinician, *, by: User, actor: Actor | None = None
) -> None:
    """Still so many. `actor`: she herself, where she comes by a link."""
    lock(clinician)
    require("confirm openings", by, clinician)
    clinician.openings.update(confirmed_on=timezone.localdate())
    _said(clinician, ClinicianEvent.OPENINGS_CONFIRMED, actor or Actor.of(by), by)


@transaction.atomic
def count_openings(
    clinician: Clinician, total: int, *, by: User, actor: Actor | None = None
) -> None:
    """So many in all: what is gone is taken from the last kind, what is new is added
    to the first. None keeps the rows, so that the next word is one tap away.
    """
    lock(clinician)
    require("confirm openings", by, clinician)
    today = timezone.localdate()
    rows = list(clinician.openings.all()) or [Opening(clinician=clinician, count=0)]
    left = total
    for row in rows:
        row.count, row.confirmed_on = min(row.count, left), today
        left -= row.count
    rows[0].count += left
    for row in rows:
        row.save()
    _said(clinician, ClinicianEvent.OPENINGS_CONFIRMED, actor or Actor.of(by), by)


@transaction.atomic
def pause(
    clinician: Clinician, weeks: int, *, by: User, actor: Actor | None = None
) -> None:
    """Away from today on, with nobody covering; once only, however often it is said."""
    lock(clinician)
    require("go away", by, clinician)
    today = timezone.localdate()
    if clinician.is_away(today):
        return
    until = today + timedelta(weeks=weeks, days=-1)
    Absence.objects.create(clinician=clinician, starts_on=today, ends_on=until)
    _said(clinician, ClinicianEvent.WENT_AWAY, actor or Actor.of(by), by)


@transaction.atomic
def end_pause(clinician: Clinician, *, by: User, actor: Actor | None = None) -> None:
    """Back today, whatever was said before: of what is over nothing is kept."""
    lock(clinician)
    require("go away", by, clinician)
    today = timezone.localdate()
    away = clinician.absences.filter(starts_on__lte=today, ends_on__gte=today)
    if not away.filter(coverer=None).delete()[0]:
        return
    _said(clinician, ClinicianEvent.CAME_BACK, actor or Actor.of(by), by)


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


def _said(clinician: Clinician, event: ClinicianEvent, actor: Actor, by: User) -> None:
    record(actor, event, clinician)
    settle(OpeningsEvent.ASKED, by=by)
    rebuild_listings([clinician.pk])
