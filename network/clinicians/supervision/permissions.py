"""Who may do what to a supervision, now."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.models import Clinician, Supervision
from network.clinicians.supervision.bounds import can_supervise
from network.clinicians.supervision.machine import role_of, steps_for

NOTHING: frozenset[str] = frozenset()


def allowed(actor: User, supervision: Supervision) -> frozenset[str]:
    """Nobody confirms who could not supervise today."""
    clinician = Clinician.objects.filter(user=actor).first()
    if clinician is None or not actor.is_active:
        return NOTHING
    verbs = steps_for(role_of(clinician, supervision), supervision.state)
    if "confirm" in verbs and not can_supervise(clinician, timezone.localdate()):
        return verbs - frozenset({"confirm"})
    return verbs


def require(verb: str, actor: User, supervision: Supervision) -> None:
    require_among(verb, allowed(actor, supervision))


def require_among(verb: str, may: frozenset[str]) -> None:
    if verb not in may:
        raise PermissionDenied(f"may not {verb}")


def allowed_between(
    actor: User, associate: Clinician, supervisor: Clinician
) -> frozenset[str]:
    """Before there is any: an associate asks whom she sees and who could."""
    if associate.user_id != actor.pk or not actor.is_active:
        return NOTHING
    if not (associate.is_verified and associate.is_associate):
        return NOTHING
    if not Clinician.objects.visible_to(associate).filter(pk=supervisor.pk).exists():
        return NOTHING
    if _is_guided_by(supervisor, associate):
        return NOTHING
    fits = can_supervise(supervisor, timezone.localdate())
    return frozenset({"ask for supervision"}) if fits else NOTHING


def _is_guided_by(clinician: Clinician, supervisor: Clinician) -> bool:
    """Two never supervise each other."""
    between = Supervision.objects.open().filter(supervisor=supervisor)
    return between.filter(associate=clinician).exists()
