"""Asking for supervision, confirming it within limits, and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician, Supervision
from network.clinicians.supervision import permissions
from network.clinicians.supervision.events import SupervisionEvent
from network.clinicians.supervision.machine import after

ENDINGS = {
    "decline": SupervisionEvent.DECLINED,
    "withdraw": SupervisionEvent.WITHDRAWN,
    "end": SupervisionEvent.ENDED,
}


@dataclass(frozen=True)
class Limits:
    """What the supervisor allows: anything, unless she says otherwise."""

    acuity_max: int = 4
    refused_ages: Sequence[str] = ()
    refused_risks: Sequence[str] = ()
    clients_max: int | None = None
    each_by_supervisor: bool = False


@transaction.atomic
def ask_supervision(
    associate: Clinician, supervisor: Clinician, *, by: User
) -> Supervision:
    """Asked twice is asked once; whoever has a supervisor ends that first."""
    _lock_both(supervisor, associate)
    if known := Supervision.objects.open().filter(associate=associate).first():
        return known
    may = permissions.allowed_between(by, associate, supervisor)
    permissions.require_among("ask for supervision", may)

    supervision = Supervision.objects.create(associate=associate, supervisor=supervisor)

    record(
        Actor.of(by), SupervisionEvent.ASKED, supervision, notify=_user_of(supervisor)
    )
    return supervision


@transaction.atomic
def confirm_supervision(supervision: Supervision, limits: Limits, *, by: User) -> None:
    _lock(supervision)
    permissions.require("confirm", by, supervision)

    supervision.state = after("confirm", supervision.state)
    supervision.confirmed_at = timezone.now()
    _set(supervision, limits, "state", "confirmed_at")

    _tell_associate(supervision, SupervisionEvent.CONFIRMED, by)


@transaction.atomic
def limit_supervision(supervision: Supervision, limits: Limits, *, by: User) -> None:
    _lock(supervision)
    permissions.require("limit", by, supervision)

    _set(supervision, limits)

    _tell_associate(supervision, SupervisionEvent.LIMITED, by)


@transaction.atomic
def end_supervision(supervision: Supervision, verb: str, *, by: User) -> None:
    """`verb`: decline, withdraw or end; the other of the two is told."""
    _lock(supervision)
    permissions.require(verb, by, supervision)

    supervision.state = after(verb, supervision.state)
    supervision.ended_at = timezone.now()
    supervision.save(update_fields=["state", "ended_at"])

    pair = (supervision.associate, supervision.supervisor)
    others = [one.user for one in pair if one.user and one.user_id != by.pk]
    record(Actor.of(by), ENDINGS[verb], supervision, notify=others)
    rebuild_listings([supervision.associate_id])


def _set(supervision: Supervision, limits: Limits, *also: str) -> None:
    for name, value in vars(limits).items():
        setattr(supervision, name, list(value) if isinstance(value, tuple) else value)
    supervision.save(update_fields=[*vars(limits), *also])


def _tell_associate(supervision: Supervision, verb: SupervisionEvent, by: User) -> None:
    record(Actor.of(by), verb, supervision, notify=_user_of(supervision.associate))
    rebuild_listings([supervision.associate_id])


def _user_of(clinician: Clinician) -> list[User]:
    return [clinician.user] if clinician.user else []


def _lock(supervision: Supervision) -> None:
    _lock_both(supervision.supervisor, supervision.associate)
    rows = Supervision.objects.select_for_update(of=("self",))
    supervision.refresh_from_db(from_queryset=rows)


def _lock_both(supervisor: Clinician, associate: Clinician) -> None:
    """The supervisor first, as the building of listings does."""
    lock(supervisor)
    lock(associate)
