"""Leaving the network: out of sight at once, gone for good when the week is over."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from network.accounts.actions.sessions import cut_sockets
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.events import LeavingEvent
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician, Place, Practice, Programme
from network.clinicians.permissions import require


@transaction.atomic
def leave_network(clinician: Clinician, *, by: User) -> None:
    lock(clinician)
    require("edit", by, clinician)
    clinician.left_at = timezone.now()
    clinician.save(update_fields=["left_at"])
    record(Actor.of(by), LeavingEvent.LEFT, clinician)
    cut_sockets(by)
    rebuild_listings([clinician.pk])


@transaction.atomic
def return_to_network(clinician: Clinician, *, by: User) -> None:
    lock(clinician)
    require("edit", by, clinician)
    clinician.left_at = None
    clinician.save(update_fields=["left_at"])
    record(Actor.of(by), LeavingEvent.RETURNED, clinician)
    rebuild_listings([clinician.pk])


@transaction.atomic
def erase_clinician(clinician: Clinician) -> None:
    """Her profile and all that hangs on it, with the practices nobody else is at."""
    lock(clinician)
    hers = list(Practice.objects.filter(places__clinician=clinician).values_list("pk"))
    record(Actor.system(), LeavingEvent.ERASED, clinician)
    clinician.delete()
    practices = Practice.objects.filter(pk__in=[pk for (pk,) in hers])
    _nobodys(practices).delete()


def _nobodys(practices: QuerySet[Practice]) -> QuerySet[Practice]:
    at_it = {"practice": OuterRef("pk")}
    return practices.filter(
        ~Exists(Place.objects.filter(**at_it)),
        ~Exists(Programme.objects.filter(**at_it)),
    )
