"""Who sees what of a profile; what somebody belongs to is shared by her act alone."""

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.actions.profile import (
    Terms,
    Visibility,
    change_section,
    note_change,
)
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import Clinician
from network.clinicians.permissions import require


@transaction.atomic
def say_identities(
    clinician: Clinician, identities: Terms, *, shared: bool, by: User
) -> None:
    """Sharing nothing is not sharing: whoever adds a word later shares anew."""
    lock(clinician)
    require("edit", by, clinician)
    was = clinician.identities_shared_at
    clinician.identities = list(identities)
    clinician.identities_shared_at = (
        was or timezone.now() if shared and identities else None
    )
    clinician.save(update_fields=["identities", "identities_shared_at"])

    note_change(clinician, "identity", by=by)
    if clinician.identities_shared_at and not was:
        record(Actor.of(by), ClinicianEvent.IDENTITIES_SHARED, clinician)
    elif was and not clinician.identities_shared_at:
        record(Actor.of(by), ClinicianEvent.IDENTITIES_WITHDRAWN, clinician)


@transaction.atomic
def show_field(clinician: Clinician, field: str, *, by: User) -> None:
    lock(clinician)
    if field == "identities":
        say_identities(clinician, clinician.identities, shared=True, by=by)
    else:
        others = [one for one in clinician.hidden_fields if one != field]
        change_section(clinician, Visibility(others), by=by)


@transaction.atomic
def hide_field(clinician: Clinician, field: str, *, by: User) -> None:
    lock(clinician)
    if field == "identities":
        say_identities(clinician, clinician.identities, shared=False, by=by)
    else:
        hidden = list(dict.fromkeys([*clinician.hidden_fields, field]))
        change_section(clinician, Visibility(hidden), by=by)
