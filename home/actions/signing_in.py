"""Whether somebody may sign in, through every app: who may not is not found either."""

from django.db import transaction

from network.accounts.actions import staffing
from network.accounts.models import User
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician


@transaction.atomic
def deactivate(person: User, *, by: User, why: str) -> None:
    staffing.deactivate(person, by=by, why=why)
    rebuild_listings(_profile_of(person))


@transaction.atomic
def reactivate(person: User, *, by: User, why: str) -> None:
    staffing.reactivate(person, by=by, why=why)
    rebuild_listings(_profile_of(person))


def _profile_of(person: User) -> list[int]:
    return list(Clinician.objects.filter(user=person).values_list("pk", flat=True))
