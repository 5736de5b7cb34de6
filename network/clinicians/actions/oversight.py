"""What staff read of a person: it leaves its line, as what they change does."""

from django.db import transaction

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import Clinician
from network.clinicians.permissions import require


@transaction.atomic
def open_profile_as_staff(clinician: Clinician, *, by: User, why: str = "") -> None:
    require("see", by, clinician)
    record(Actor.staff(by), ClinicianEvent.OPENED_BY_STAFF, clinician, why=why)
