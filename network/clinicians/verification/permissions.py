"""Who may do what to a claim, now: read from the table of its life cycle."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.models import Clinician, Review
from network.clinicians.permissions import allowed
from network.clinicians.verification.life_cycle import (
    Claim,
    Who,
    standing_of,
    verbs,
)


class OvertakenError(Exception):
    """Somebody else has it in hand, or was quicker."""


def allowed_claim(actor: User, claim: Claim, now: datetime) -> frozenset[str]:
    holder = Review.of(claim.clinician).holder(now)
    standing = standing_of(claim, timezone.localdate(now), is_taken=holder is not None)
    who = _parts(actor, claim.clinician, holder)
    return verbs(standing, who, person=isinstance(claim, Review))


def require_claim(verb: str, actor: User, claim: Claim) -> None:
    """Whoever may verify at all, and not this now, came too late."""
    if verb in allowed_claim(actor, claim, timezone.now()):
        return
    if "verify" in allowed(actor, claim.clinician):
        raise OvertakenError
    raise PermissionDenied(f"may not {verb}")


def _parts(actor: User, clinician: Clinician, holder: User | None) -> frozenset[Who]:
    """Nobody verifies herself: who is the owner is no staff."""
    if not actor.is_active:
        return frozenset()
    if clinician.user_id == actor.pk:
        return frozenset({Who.OWNER})
    if "verify" not in allowed(actor, clinician):
        return frozenset()
    return frozenset({Who.STAFF, Who.HOLDER} if actor == holder else {Who.STAFF})
