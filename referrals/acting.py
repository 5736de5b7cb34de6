"""Who acts on a referral, and as what."""

from dataclasses import dataclass

from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor, ActorKind
from network.clients.consents import required
from network.clients.models import AccessLink
from network.clinicians.models import Clinician, Supervision
from referrals.guests.belonging import may_join
from referrals.machine.words import O, OfferState, Role
from referrals.models import Offer, Referral

NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class By:
    """A clinician, a client or a guest by her link, or the program itself."""

    actor: Actor
    clinician: Clinician | None = None
    guest_of: int | None = None  # an offer
    link: AccessLink | None = None  # of a party of the client

    @classmethod
    def member(cls, clinician: Clinician) -> "By":
        user = clinician.user
        if user is None:
            raise ValueError("an entry without an account does not act")
        return cls(Actor.of(user), clinician)

    @classmethod
    def guest(cls, offer: Offer) -> "By":
        return cls(Actor(ActorKind.LINK, str(offer.public_id)), guest_of=offer.pk)

    @classmethod
    def client(cls, link: AccessLink) -> "By":
        return cls(Actor.of_client(link.public_id), link=link)

    @classmethod
    def system(cls) -> "By":
        return cls(Actor.system())

    @property
    def is_system(self) -> bool:
        return self.actor.kind == ActorKind.SYSTEM

    @property
    def user(self) -> User | None:
        return self.clinician.user if self.clinician else None


def chosen(referral: Referral) -> Offer | None:
    return referral.offers.filter(state=OfferState.SELECTED).first()


def roles_of(by: By, referral: Referral, offer: Offer | None) -> frozenset[Role]:
    """On one colleague's part; without one, on that of whoever is chosen."""
    if by.is_system:
        return frozenset({Role.SYSTEM})
    if by.link is not None:
        return _of_a_client(by.link, referral)
    if by.guest_of is not None:
        return _of_a_guest(by.guest_of, offer)
    if by.clinician is None or not _may_act(by.clinician):
        return NOBODY
    return frozenset(_of_a_member(by.clinician, referral, offer))


def _of_a_client(link: AccessLink, referral: Referral) -> frozenset[Role]:
    """While the link holds, whatever the caller has in hand; and of whoever has to sign
    for the client: the first of them who acts decides for all.
    """
    valid = AccessLink.objects.valid(timezone.now())
    known = valid.filter(pk=link.pk, party__client=referral.client_id).first()
    if known is None:
        return NOBODY
    signers = required(known.party.client.parties.all())
    return frozenset({Role.CLIENT}) if known.party in signers else NOBODY


def _may_act(clinician: Clinician) -> bool:
    return clinician.is_verified and bool(clinician.user and clinician.user.is_active)


def _of_a_guest(guest_of: int, offer: Offer | None) -> frozenset[Role]:
    if offer is None or offer.pk != guest_of or offer.link_expires_at is None:
        return NOBODY
    is_valid = offer.link_expires_at > timezone.now()
    return frozenset({Role.RECEIVER}) if is_valid else NOBODY


def _of_a_member(me: Clinician, referral: Referral, offer: Offer | None) -> set[Role]:
    roles = {Role.SENDER} if referral.sender_id == me.pk else set()
    if offer is None:
        return roles
    if (offer.is_logged and roles) or offer.receiver_id == me.pk:
        roles.add(Role.RECEIVER)
    if not roles and offer.has_link and may_join(me, referral, offer):
        roles.add(Role.JOINED)
    if offer.state == O.CONFIRMING and supervises(me, offer.receiver_id):
        roles.add(Role.SUPERVISOR)
    return roles


def supervises(supervisor: Clinician, associate: int | None) -> bool:
    guided = Supervision.objects.confirmed().filter(supervisor=supervisor)
    return guided.filter(associate=associate).exists()
