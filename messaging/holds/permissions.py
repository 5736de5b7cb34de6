"""Who of the staff may do what with a legal hold. Setting one is a role's power."""

from django.core.exceptions import PermissionDenied

from messaging.holds.reach import conversations_of
from messaging.models import Hold, Membership
from network.accounts.models import User
from network.accounts.permissions import powers

NOTHING: frozenset[str] = frozenset()
ANOTHER = frozenset({"lift a hold"})


def allowed(actor: User, hold: Hold) -> frozenset[str]:
    """Two persons: who has set it does not lift it, and nobody whose words it keeps."""
    if "hold" not in powers(actor) or not hold.is_standing:
        return NOTHING
    return NOTHING if hold.set_by_id == actor.pk or _keeps(hold, actor) else ANOTHER


def require(verb: str, actor: User, hold: Hold) -> None:
    if verb not in allowed(actor, hold):
        raise PermissionDenied(f"may not {verb}")


def _keeps(hold: Hold, actor: User) -> bool:
    if hold.clinician is not None and hold.clinician.user_id == actor.pk:
        return True
    hers = Membership.objects.filter(clinician__user=actor)
    return hers.filter(conversation__in=conversations_of(hold)).exists()
