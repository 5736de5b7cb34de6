"""Who may take which way from the state of an inquiry."""

from django.core.exceptions import PermissionDenied

from network.accounts.models import User
from network.accounts.permissions import powers
from network.clinicians.models import Inquiry
from network.clinicians.moderation.states import TRANSITIONS

HERS = frozenset({"appeal"})
# Two persons suspend, and who wanted it does not judge the appeal.
NOT_BY_THE_PROPOSER = frozenset({"confirm the suspension", "uphold the suspension"})
NOTHING: frozenset[str] = frozenset()


def allowed(actor: User, inquiry: Inquiry) -> frozenset[str]:
    verbs = frozenset(verb for state, verb in TRANSITIONS if state == inquiry.state)
    if inquiry.clinician.user_id == actor.pk:
        return verbs & HERS if actor.is_active else NOTHING
    if "moderate" not in powers(actor) or _has_reported(actor, inquiry):
        return NOTHING
    if inquiry.proposed_by_id == actor.pk:
        return verbs - HERS - NOT_BY_THE_PROPOSER
    return verbs - HERS


def require(verb: str, actor: User, inquiry: Inquiry) -> None:
    if verb not in allowed(actor, inquiry):
        raise PermissionDenied(f"may not {verb}")


def require_impartial(actor: User, inquiry: Inquiry) -> None:
    if _has_reported(actor, inquiry):
        raise PermissionDenied("may not judge what she has reported")


def _has_reported(actor: User, inquiry: Inquiry) -> bool:
    """Whoever complains is no judge of it."""
    return inquiry.reports.filter(reporter__user=actor).exists()
