"""Coming into the network, being vouched for, and being held back."""

from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from network.accounts.actions.sessions import cut_sockets
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.actions.renewals import drop_renewed
from network.clinicians.events import ClinicianEvent
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician, Review
from network.clinicians.models.licence import Pending
from network.clinicians.permissions import require

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@transaction.atomic
def admit_member(
    user: User, *, name: str, profession: str, verified_by: User | None = None
) -> Clinician:
    """Give a user her profile: the one she was invited to, or a new one.

    Whoever has a profile keeps it as it is.
    """
    lock_user(user)
    known = profile_of(user) or take_over(user)
    clinician = known or begin(user, name, profession)
    if verified_by is not None and not clinician.is_verified:
        verify_member(clinician, by=verified_by)
    elif not known:
        rebuild_listings([clinician.pk])
    return clinician


@transaction.atomic
def verify_member(clinician: Clinician, *, by: User) -> None:
    """Staff vouch for the person, her NPI, and the licences she names today.

    An NPI of somebody else stays unbound; what is held or rejected stays as it is.
    """
    lock(clinician)
    require("verify", by, clinician)
    bind_npi(clinician)
    vouch_for(clinician, by=by)
    now = timezone.now()
    _waiting(clinician.licences.all()).update(verified_at=now, verified_by=by)
    _waiting(clinician.privileges.all()).update(verified_at=now)
    drop_renewed(clinician)

    record(
        Actor.staff(by),
        ClinicianEvent.VERIFIED,
        clinician,
        notify=[clinician.user] if clinician.user else [],
    )
    rebuild_listings([clinician.pk])


def vouch_for(clinician: Clinician, *, by: User) -> None:
    """The person alone; belongs to the transaction of whoever locked her."""
    clinician.verified_at, clinician.verified_by = timezone.now(), by
    clinician.save(update_fields=["verified_at", "verified_by", "npi_bound_at"])
    Review.objects.filter(clinician=clinician).update(
        pending=Pending.SUBMITTED, changed=[]
    )


def bind_npi(clinician: Clinician) -> bool:
    """Whether nobody else has it; two who claim the same at once queue here."""
    if not clinician.npi:
        return True
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"npi {clinician.npi}"])
    if _is_taken(clinician.npi, clinician):
        return False
    clinician.npi_bound_at = clinician.npi_bound_at or timezone.now()
    return True


@transaction.atomic
def suspend_member(clinician: Clinician, *, by: User, why: str) -> None:
    lock(clinician)
    require("suspend", by, clinician)
    clinician.suspended_at = timezone.now()
    clinician.save(update_fields=["suspended_at"])
    told = [clinician.user] if clinician.user else []
    record(Actor.staff(by), ClinicianEvent.SUSPENDED, clinician, notify=told, why=why)
    for user in told:
        cut_sockets(user)
    rebuild_listings([clinician.pk])


@transaction.atomic
def reinstate_member(clinician: Clinician, *, by: User, why: str) -> None:
    lock(clinician)
    require("reinstate", by, clinician)
    clinician.suspended_at = None
    clinician.save(update_fields=["suspended_at"])
    told = [clinician.user] if clinician.user else []
    record(Actor.staff(by), ClinicianEvent.REINSTATED, clinician, notify=told, why=why)
    rebuild_listings([clinician.pk])


def lock_user(user: User) -> None:
    """Two presses at once make one profile."""
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk))


def profile_of(user: User) -> Clinician | None:
    return Clinician.objects.filter(user=user).first()


def take_over(user: User) -> Clinician | None:
    """The entry an association made for this address, if nobody has taken it over."""
    waiting = Clinician.objects.waiting_for(user.email)
    clinician = waiting.select_for_update(of=("self",)).order_by("pk").first()
    if clinician is None:
        return None
    clinician.user = user
    clinician.save(update_fields=["user"])
    record(Actor.of(user), ClinicianEvent.CLAIMED, clinician)
    rebuild_listings([clinician.pk])
    return clinician


def begin(user: User, name: str, profession: str) -> Clinician:
    """Her listing is for whoever calls: there may be more to say of her."""
    clinician = Clinician.objects.create(
        user=user, name=name[:120], profession=profession
    )
    record(Actor.of(user), ClinicianEvent.ADMITTED, clinician)
    return clinician


def _is_taken(npi: str, clinician: Clinician) -> bool:
    others = Clinician.objects.exclude(pk=clinician.pk)
    return others.filter(npi=npi, npi_bound_at__isnull=False).exists()


def _waiting(rights: "QuerySet[Any]") -> "QuerySet[Any]":
    return rights.filter(verified_at__isnull=True, pending=Pending.SUBMITTED)
