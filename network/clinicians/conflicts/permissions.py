"""Who may do what with a register of conflicts: its owner, and nobody else."""

from django.core.exceptions import PermissionDenied

from network.accounts.models import User
from network.clinicians.models import Clinician

OWN = frozenset({"see a register", "keep a conflict", "remove a conflict"})
NOTHING: frozenset[str] = frozenset()


def allowed(actor: User, owner: Clinician) -> frozenset[str]:
    return OWN if actor.is_active and owner.user_id == actor.pk else NOTHING


def require(verb: str, actor: User, owner: Clinician) -> None:
    if verb not in allowed(actor, owner):
        raise PermissionDenied(f"may not {verb}")
