"""Associates, supervisors and colleagues who endorse, made by the actions."""

from datetime import UTC, date, datetime, time

import time_machine

from network.accounts.models import User
from network.clinicians.actions.endorsements import Claim, endorse
from network.clinicians.actions.supervision import (
    Limits,
    ask_supervision,
    confirm_supervision,
)
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician, Endorsement, Supervision
from tests.factories import a_colleague


def user_of(clinician: Clinician) -> User:
    assert clinician.user is not None
    return clinician.user


def on(day: date) -> time_machine.travel:
    """That day at noon, in every time zone of the country."""
    noon = datetime.combine(day, time(17), UTC)
    return time_machine.travel(noon, tick=False)


def an_associate(name: str = "Wren Junior") -> Clinician:
    """Verified as such, and not yet under anybody."""
    made = a_colleague(name)
    Clinician.objects.filter(pk=made.pk).update(stage=Clinician.Stage.ASSOCIATE)
    rebuild_listings([made.pk])
    return Clinician.objects.get(pk=made.pk)


def guided(
    associate: Clinician, supervisor: Clinician, limits: Limits | None = None
) -> Supervision:
    """Asked, and confirmed at once."""
    supervision = ask_supervision(associate, supervisor, by=user_of(associate))
    confirm_supervision(supervision, limits or Limits(), by=user_of(supervisor))
    return supervision


def endorsed(
    endorser: Clinician,
    colleague: Clinician,
    specialty: str = "ocd",
    basis: str = "consulted",
) -> Endorsement:
    claim = Claim(specialty, basis, 2020, 2024)
    return endorse(endorser, colleague, claim, by=user_of(endorser))
