"""A person's file in the hands of staff: opened, taken, given back."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lock import lock
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import Clinician, Review
from network.clinicians.models.licence import Pending
from network.clinicians.permissions import require
from network.clinicians.verification.claims import claims_of
from network.clinicians.verification.events import FileEvent
from network.clinicians.verification.permissions import OvertakenError, allowed_claim

WHY = "verification"


@transaction.atomic
def open_file(clinician: Clinician, *, by: User) -> None:
    """Staff read it: that leaves its line, with its reason."""
    require("see", by, clinician)
    record(Actor.staff(by), ClinicianEvent.OPENED_BY_STAFF, clinician, why=WHY)


@transaction.atomic
def take_file(clinician: Clinician, *, by: User) -> None:
    """For a day; whoever comes second is told."""
    lock(clinician)
    require("verify", by, clinician)
    _require_any("take", clinician, by)
    review = Review.of(clinician)
    review.taken_by, review.taken_at = by, timezone.now()
    review.save()
    record(Actor.staff(by), FileEvent.TAKEN, clinician, why=WHY)


@transaction.atomic
def release_file(clinician: Clinician, *, by: User) -> None:
    lock(clinician)
    require("verify", by, clinician)
    _require_any("release", clinician, by)
    review = Review.of(clinician)
    review.taken_by = review.taken_at = None
    review.save()
    record(Actor.staff(by), FileEvent.RELEASED, clinician, why=WHY)


def submit_anew(clinician: Clinician, changed: Collection[str]) -> None:
    """She is not any more whom staff vouched for; belongs to the change of hers.

    Who waits already keeps her place in the queue.
    """
    review = Review.of(clinician)
    if clinician.verified_at is not None or review.changed:
        review.changed = sorted({*review.changed, *changed})
    if clinician.verified_at is not None or review.pending != Pending.SUBMITTED:
        review.submitted_at = timezone.now()
    review.pending = Pending.SUBMITTED
    review.save()


def _require_any(verb: str, clinician: Clinician, by: User) -> None:
    now = timezone.now()
    if not any(verb in allowed_claim(by, one, now) for one in claims_of(clinician)):
        raise OvertakenError
