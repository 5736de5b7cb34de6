"""What supervision makes of an associate's profile: whether and how far it counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from network.clinicians.models import Clinician, Supervision
from network.clinicians.reach import reach

Refusals = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Whether she may be found at all, and within which limits."""

    holds: bool
    acuity: tuple[int, int]
    refusals: Refusals = ()
    # The last day on which this is sure to hold; none: no end in sight.
    until: date | None = None


def can_supervise(clinician: Clinician, on: date) -> bool:
    """A verified, independent colleague, licensed that day, with an open account.

    Reads licences and privileges through their managers: prefetch them for many.
    """
    if not clinician.is_verified or clinician.is_associate or _has_left(clinician):
        return False
    return bool(reach(clinician, on).in_person)


def _has_left(clinician: Clinician) -> bool:
    user = clinician.user
    return user is not None and (user.is_closing or not user.is_active)


def in_force(clinician: Clinician, supervision: Supervision | None, on: date) -> bool:
    """The independent need none; an associate needs a confirmed, current one."""
    if not clinician.is_associate:
        return True
    if supervision is None or supervision.state != Supervision.State.CONFIRMED:
        return False
    return can_supervise(supervision.supervisor, on)


def bounds_of(
    clinician: Clinician, supervision: Supervision | None, on: date
) -> Bounds:
    own = (clinician.acuity_min, clinician.acuity_max)
    if not clinician.is_associate:
        return Bounds(holds=True, acuity=own)
    if supervision is None or not in_force(clinician, supervision, on):
        return Bounds(holds=False, acuity=own)
    acuity = (own[0], min(own[1], supervision.acuity_max))
    return Bounds(
        holds=acuity[0] <= acuity[1],
        acuity=acuity,
        refusals=refusals_of(supervision),
        until=_sure_until(supervision.supervisor, on),
    )


def refusals_of(supervision: Supervision) -> Refusals:
    return (
        *(("age_groups", term) for term in supervision.refused_ages),
        *(("risks", term) for term in supervision.refused_risks),
    )


def _sure_until(supervisor: Clinician, on: date) -> date | None:
    changes = reach(supervisor, on).changes_on
    return changes - timedelta(days=1) if changes else None
