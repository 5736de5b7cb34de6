"""Who of the staff may do what, and what to somebody's sign-in."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from network.accounts.models import User
from network.accounts.roles import POWERS, Role

OF_A_SIGN_IN = frozenset({"end sessions", "start a password reset", "appoint"})
NOTHING: frozenset[str] = frozenset()


def powers(actor: User) -> frozenset[str]:
    """What her roles give her, about everybody but herself."""
    if not (actor.is_active and actor.is_staff):
        return NOTHING
    return NOTHING.union(*(POWERS[role] for role in actor.roles))


def allowed(actor: User, person: User) -> frozenset[str]:
    """Nobody deactivates herself; an administrator may step down."""
    if not (actor.is_active and actor.is_staff):
        return NOTHING
    mine = powers(actor)
    if actor.pk == person.pk:
        return frozenset({"open"}) | (mine & {"appoint"})
    state = {"deactivate"} if person.is_active else {"reactivate"}
    if Authenticator.objects.filter(user=person).exists():
        state.add("forget factors")
    return frozenset({"open"}) | (mine & (OF_A_SIGN_IN | state))


def require(verb: str, actor: User, person: User) -> None:
    if verb not in allowed(actor, person):
        raise PermissionDenied(f"may not {verb}")


def require_power(verb: str, actor: User) -> None:
    if verb not in powers(actor):
        raise PermissionDenied(f"may not {verb}")


def administers(person: User) -> bool:
    return person.is_active and Role.ADMINISTRATOR in person.roles
