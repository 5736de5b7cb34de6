"""Vouching for a colleague's work on one specialty, and taking it back."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.models import Event
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.endorsements.events import EndorsementEvent
from network.clinicians.endorsements.permissions import (
    allowed,
    allowed_towards,
    bases_between,
    require,
)
from network.clinicians.models import Clinician, Endorsement

MOST_A_DAY = 10
DAY = timedelta(days=1)


class TooManyEndorsementsError(Exception):
    """As many as one gives in a day have been given."""


@dataclass(frozen=True)
class Claim:
    specialty: str
    basis: str
    from_year: int
    to_year: int


@transaction.atomic
def endorse(
    endorser: Clinician, colleague: Clinician, claim: Claim, *, by: User
) -> Endorsement:
    """Again, it says anew what it says; what its subject has hidden stays hidden."""
    lock(endorser)
    require("endorse", allowed_towards(by, colleague))
    require(claim.specialty, _listed(colleague))
    require(claim.basis, frozenset(bases_between(endorser, colleague)))
    _stay_within_a_day(by)
    rows = Endorsement.objects.select_for_update(of=("self",))
    known = rows.filter(
        endorser=endorser, endorsed=colleague, specialty=claim.specialty
    ).first()
    is_news = known is None or known.given_at < timezone.now() - DAY

    endorsement = known or Endorsement(endorser=endorser, endorsed=colleague)
    _say(endorsement, claim)

    told = [colleague.user] if colleague.user and is_news else []
    record(
        Actor.of(by),
        EndorsementEvent.GIVEN,
        endorsement,
        notify=told,
        detail={"basis": claim.basis},
    )
    return endorsement


@transaction.atomic
def renew_endorsement(endorsement: Endorsement, *, by: User) -> None:
    """Still so."""
    _lock(endorsement)
    require("renew", allowed(by, endorsement))
    endorsement.confirmed_on = timezone.localdate()
    endorsement.save(update_fields=["confirmed_on"])
    record(Actor.of(by), EndorsementEvent.RENEWED, endorsement)


@transaction.atomic
def withdraw_endorsement(endorsement: Endorsement, *, by: User) -> None:
    _lock(endorsement)
    require("withdraw", allowed(by, endorsement))
    endorsement.withdrawn_at = timezone.now()
    endorsement.save(update_fields=["withdrawn_at"])
    record(Actor.of(by), EndorsementEvent.WITHDRAWN, endorsement)


@transaction.atomic
def hide_endorsement(endorsement: Endorsement, *, by: User) -> None:
    """Its subject does not want it shown; its giver is not told."""
    _lock(endorsement)
    require("hide", allowed(by, endorsement))
    endorsement.hidden_at = timezone.now()
    endorsement.save(update_fields=["hidden_at"])
    record(Actor.of(by), EndorsementEvent.HIDDEN, endorsement)


@transaction.atomic
def show_endorsement(endorsement: Endorsement, *, by: User) -> None:
    _lock(endorsement)
    require("show", allowed(by, endorsement))
    endorsement.hidden_at = None
    endorsement.save(update_fields=["hidden_at"])
    record(Actor.of(by), EndorsementEvent.SHOWN, endorsement)


def _lock(endorsement: Endorsement) -> None:
    rows = Endorsement.objects.select_for_update(of=("self",))
    endorsement.refresh_from_db(from_queryset=rows)


def _say(endorsement: Endorsement, claim: Claim) -> None:
    for name, value in vars(claim).items():
        setattr(endorsement, name, value)
    endorsement.confirmed_on = timezone.localdate()
    endorsement.given_at = timezone.now()
    endorsement.withdrawn_at = None
    endorsement.save()


def _listed(colleague: Clinician) -> frozenset[str]:
    return frozenset(colleague.specialty_skills.values_list("term", flat=True))


def _stay_within_a_day(by: User) -> None:
    """Counted in the trail: what was taken back counts as well."""
    lately = Event.objects.filter(
        actor_id=str(by.public_id),
        verb=EndorsementEvent.GIVEN,
        at__gt=timezone.now() - DAY,
    )
    if lately.count() >= MOST_A_DAY:
        raise TooManyEndorsementsError
