"""Who may do what to a clinician's profile, now."""

from django.core.exceptions import PermissionDenied

from network.accounts.models import User
from network.accounts.permissions import powers
from network.clinicians.models import Block, Clinician, ColleagueList, ListShare

OWN = frozenset({"see", "edit", "confirm openings", "go away"})
COLLEAGUE = frozenset({"see", "block", "report"})
SEARCH = frozenset({"search"})
NEWCOMER = frozenset({"claim an entry"})
SHORTLIST = frozenset({"keep a list", "share a list", "end a share"})
NAMED_LIST = SHORTLIST | frozenset({"rename a list", "delete a list"})
LIST_READER = frozenset({"end a share"})
NOTHING: frozenset[str] = frozenset()


def allowed(actor: User, clinician: Clinician) -> frozenset[str]:
    if not actor.is_active:
        return NOTHING
    if clinician.user_id == actor.pk:
        return OWN | SEARCH if clinician.is_verified else OWN
    if actor.is_staff:
        return _staff(actor, clinician)
    return _colleague(Clinician.objects.filter(user=actor).first(), clinician)


def require(verb: str, actor: User, clinician: Clinician) -> None:
    if verb not in allowed(actor, clinician):
        raise PermissionDenied(f"may not {verb}")


def allowed_to_newcomer(actor: User, clinician: Clinician | None) -> frozenset[str]:
    """With a profile that nobody has vouched for yet, or with none."""
    is_known = clinician is not None and (
        clinician.is_verified or clinician.suspended_at is not None
    )
    return NEWCOMER if actor.is_active and not is_known else NOTHING


def require_of_newcomer(verb: str, actor: User, clinician: Clinician | None) -> None:
    if verb not in allowed_to_newcomer(actor, clinician):
        raise PermissionDenied(f"may not {verb}")


def _staff(actor: User, clinician: Clinician) -> frozenset[str]:
    """Staff vouch for people and hold them back; they do not write their profiles."""
    if clinician.suspended_at is not None:
        return frozenset({"see"}) | powers(actor) & {"reinstate"}
    return frozenset({"see"}) | powers(actor) & {"verify", "suspend"}


def _colleague(viewer: Clinician | None, clinician: Clinician) -> frozenset[str]:
    if viewer is None:
        return NOTHING
    if Block.objects.filter(blocker=viewer, blocked=clinician).exists():
        return frozenset({"unblock"})
    if Block.objects.filter(blocker=clinician, blocked=viewer).exists():
        return NOTHING
    if viewer.is_verified and clinician.is_verified:
        return COLLEAGUE
    return NOTHING


def allowed_on_list(actor: User, shown: ColleagueList) -> frozenset[str]:
    """Its readers may only read it, and leave it."""
    clinician = Clinician.objects.filter(user=actor, user__is_active=True).first()
    if clinician is None or not clinician.is_verified:
        return NOTHING
    if shown.owner == clinician:
        return SHORTLIST if shown.is_shortlist else NAMED_LIST
    shares = ListShare.objects.filter(list=shown.pk, reader=clinician)
    return LIST_READER if shares.exists() else NOTHING


def require_on_list(verb: str, actor: User, shown: ColleagueList) -> None:
    if verb not in allowed_on_list(actor, shown):
        raise PermissionDenied(f"may not {verb}")
