"""Coming into the network, being vouched for, and being held back."""

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.events import ClinicianEvent
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician
from network.clinicians.permissions import require


@transaction.atomic
def admit_member(
    user: User, *, name: str, profession: str, verified_by: User | None = None
) -> Clinician:
    """Give a user her profile: the one she was invited to, or a new one.

    Whoever has a profile keeps it as it is.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk))
    clinician = _profile_of(user) or _claimed(user) or _begun(user, name, profession)
    if verified_by is not None and not clinician.is_verified:
        verify_member(clinician, by=verified_by)
    return clinician


@transaction.atomic
def verify_member(clinician: Clinician, *, by: User) -> None:
    """Staff vouch for the person, her NPI, and the licences she names today."""
    lock(clinician)
    require("verify", by, clinician)
    now = timezone.now()
    clinician.verified_at, clinician.verified_by = now, by
    if clinician.npi and not _is_taken(clinician.npi, clinician):
        clinician.npi_bound_at = now
    clinician.save(update_fields=["verified_at", "verified_by", "npi_bound_at"])
    unverified = clinician.licences.filter(verified_at__isnull=True)
    unverified.update(verified_at=now, verified_by=by)
    clinician.privileges.filter(verified_at__isnull=True).update(verified_at=now)

    record(
        Actor.staff(by),
        ClinicianEvent.VERIFIED,
        clinician,
        notify=[clinician.user] if clinician.user else [],
    )
    rebuild_listings([clinician.pk])


@transaction.atomic
def suspend_member(clinician: Clinician, *, by: User, why: str) -> None:
    lock(clinician)
    require("suspend", by, clinician)
    clinician.suspended_at = timezone.now()
    clinician.save(update_fields=["suspended_at"])
    record(Actor.staff(by), ClinicianEvent.SUSPENDED, clinician, why=why)
    rebuild_listings([clinician.pk])


@transaction.atomic
def reinstate_member(clinician: Clinician, *, by: User, why: str) -> None:
    lock(clinician)
    require("reinstate", by, clinician)
    clinician.suspended_at = None
    clinician.save(update_fields=["suspended_at"])
    record(Actor.staff(by), ClinicianEvent.REINSTATED, clinician, why=why)
    rebuild_listings([clinician.pk])


def _profile_of(user: User) -> Clinician | None:
    return Clinician.objects.filter(user=user).first()


def _claimed(user: User) -> Clinician | None:
    """The entry an association made for this address, if nobody has taken it over."""
    waiting = Clinician.objects.select_for_update(of=("self",)).filter(
        user__isnull=True, invitation__email__iexact=user.email
    )
    if (clinician := waiting.order_by("pk").first()) is None:
        return None
    clinician.user = user
    clinician.save(update_fields=["user"])
    record(Actor.of(user), ClinicianEvent.CLAIMED, clinician)
    rebuild_listings([clinician.pk])
    return clinician


def _begun(user: User, name: str, profession: str) -> Clinician:
    clinician = Clinician.objects.create(user=user, name=name, profession=profession)
    record(Actor.of(user), ClinicianEvent.ADMITTED, clinician)
    rebuild_listings([clinician.pk])
    return clinician


def _is_taken(npi: str, clinician: Clinician) -> bool:
    others = Clinician.objects.exclude(pk=clinician.pk)
    return others.filter(npi=npi, npi_bound_at__isnull=False).exists()
