"""Who may endorse whom, and what may be done with an endorsement."""

from django.core.exceptions import PermissionDenied

from network.accounts.models import User
from network.clinicians.models import Clinician, Endorsement, Supervision
from network.clinicians.models.clinician import ClinicianQuerySet

NOTHING: frozenset[str] = frozenset()
ENDORSER = frozenset({"renew", "withdraw"})


def allowed_towards(actor: User, colleague: Clinician) -> frozenset[str]:
    """A verified member endorses another whom she sees, for what that one lists."""
    clinician = Clinician.objects.filter(user=actor).first()
    if clinician is None or not actor.is_active or clinician.pk == colleague.pk:
        return NOTHING
    seen = _others(clinician).filter(pk=colleague.pk).exists()
    return frozenset({"endorse"}) if seen else NOTHING


def allowed(actor: User, endorsement: Endorsement) -> frozenset[str]:
    clinician = Clinician.objects.filter(user=actor).first()
    if clinician is None or not actor.is_active:
        return NOTHING
    if not Endorsement.objects.visible_to(clinician).filter(pk=endorsement.pk).exists():
        return NOTHING
    if clinician.pk == endorsement.endorser_id:
        return ENDORSER
    if clinician.pk == endorsement.endorsed_id:
        return _endorsed(endorsement)
    return NOTHING


def require(verb: str, may: frozenset[str]) -> None:
    if verb not in may:
        raise PermissionDenied(f"may not {verb}")


def bases_between(endorser: Clinician, endorsed: Clinician) -> list[str]:
    """Where one has supervised the other, nothing else may be given as the ground."""
    pair = [endorser.pk, endorsed.pk]
    supervised = Supervision.objects.filter(
        confirmed_at__isnull=False, associate__in=pair, supervisor__in=pair
    )
    if supervised.exists():
        return [Endorsement.Basis.SUPERVISED.value]
    return [str(basis) for basis in Endorsement.Basis.values]


def _endorsed(endorsement: Endorsement) -> frozenset[str]:
    return frozenset({"show"}) if endorsement.hidden_at else frozenset({"hide"})


def _others(clinician: Clinician) -> ClinicianQuerySet:
    if not clinician.is_verified:
        return Clinician.objects.none()
    return Clinician.objects.visible_to(clinician).verified()
