"""Who may do what about a client, and to a consent, now."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.clients.consents import today
from network.clients.consents.machine import Role, verbs_for
from network.clients.models import AccessLink, Client, Consent
from network.clients.modes import identity_is_on
from network.clients.receiver import Receiver
from network.clients.wording import DataClass
from network.clinicians.models import Clinician

# A clinician who has signed in, or one party of a client, by her link and code.
Who = User | AccessLink
NOTHING: frozenset[str] = frozenset()
OWNER = frozenset(
    {"see", "change", "ask for consent", "make a link", "share", "export", "erase"}
)
OF_IDENTITY = frozenset({"keep the identity", "release the identity"})
REVEAL = frozenset({"reveal the identity"})
PARTY = frozenset({"see", "ask for consent", "say wishes", "export"})
NEWCOMER = frozenset({"add a client"})


def allowed(who: Who, client: Client) -> frozenset[str]:
    if client.erased_at is not None:
        return NOTHING
    if isinstance(who, AccessLink):
        return PARTY if _is_party(who, client) else NOTHING
    clinician = _clinician(who)
    if clinician is None:
        return NOTHING
    identity = identity_is_on()
    if clinician.pk == client.owner_id:
        return OWNER | OF_IDENTITY | REVEAL if identity else OWNER
    return REVEAL if identity and release_to(clinician, client) else NOTHING


def allowed_on_consent(who: Who, consent: Consent) -> frozenset[str]:
    return verbs_for(_role(who, consent), consent.state)


def allowed_to(who: User) -> frozenset[str]:
    """Before there is a client."""
    return NEWCOMER if _clinician(who) else NOTHING


def require(verb: str, may: frozenset[str]) -> None:
    if verb not in may:
        raise PermissionDenied(f"may not {verb}")


def release_to(clinician: Clinician, client: Client) -> Consent | None:
    """The consent by which the identity is open to a colleague today: one that the
    owner has acted on, and that nobody has taken back since.
    """
    open_ones = Consent.objects.in_force(today())
    named = open_ones.naming(Receiver.of(clinician)).filter(
        client=client,
        data_classes__contains=[DataClass.IDENTITY],
        releases__isnull=False,
        releases__ended_at__isnull=True,
    )
    return named.order_by("pk").first()


def actor_of(who: Who) -> Actor:
    if isinstance(who, AccessLink):
        return Actor.of_client(who.public_id)
    return Actor.of(who)


def _role(who: Who, consent: Consent) -> Role | None:
    client = consent.client
    if client.erased_at is not None:
        return None
    if isinstance(who, AccessLink):
        return Role.PARTY if _is_party(who, client) else None
    clinician = _clinician(who)
    is_owner = clinician is not None and clinician.pk == client.owner_id
    return Role.OWNER if is_owner else None


def _is_party(link: AccessLink, client: Client) -> bool:
    """While the link holds: asked anew, whatever the caller has in hand."""
    valid = AccessLink.objects.valid(timezone.now())
    return valid.filter(pk=link.pk, party__client=client).exists()


def _clinician(user: User) -> Clinician | None:
    found = Clinician.objects.filter(user=user, user__is_active=True).first()
    return found if found is not None and found.is_verified else None
