"""What each may read of a referral: asked here on every read, and nowhere else.

In two stages. While an offer lives its receiver reads what the client needs, and what
she and the sender wrote to each other. Who the client is she reads if and only if her
offer is chosen and a consent in force names her: `network.clients` asks for the
consent again, and writes each reading down.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from network.clients.permissions import release_to
from referrals.acting import By, roles_of
from referrals.machine.words import O, Role
from referrals.models import Offer, Passage, Referral
from referrals.sealed import opened

FOR_ALL = (Passage.Kind.NEED, Passage.Kind.CRITERIA)
READERS = frozenset({Role.RECEIVER, Role.SUPERVISOR})


@dataclass(frozen=True)
class Said:
    """One passage, opened."""

    passage: Passage
    text: str

    @property
    def kind(self) -> str:
        return self.passage.kind


def passages_for(by: By, thing: Referral | Offer) -> list[Said]:
    """In the order in which they were written. Nothing of it is kept by the caller."""
    passages = list(_readable(by, thing).order_by("written_at", "pk"))
    texts = opened(passages)
    return [Said(one, text) for one, text in zip(passages, texts, strict=True)]


def may_read_need(by: By, offer: Offer) -> bool:
    """By whom and in which state it is asked anew."""
    return offer.is_readable and bool(roles_of(by, offer.referral, offer) & READERS)


def may_know_identity(by: By, offer: Offer) -> bool:
    """Chosen, and a consent in force by which it was released to her."""
    me = by.clinician
    if me is None or offer.state != O.SELECTED or offer.receiver_id != me.pk:
        return False
    return me.is_verified and release_to(me, offer.referral.client) is not None


def _readable(by: By, thing: Referral | Offer) -> QuerySet[Passage]:
    referral = thing if isinstance(thing, Referral) else thing.referral
    passages = Passage.objects.filter(referral=referral)
    offers = [thing] if isinstance(thing, Offer) else list(referral.offers.all())
    if Role.SENDER in roles_of(by, referral, None):
        return passages
    mine = [one for one in offers if may_read_need(by, one)]
    if not mine:
        return passages.none()
    return passages.filter(Q(offer=None, kind__in=FOR_ALL) | Q(offer__in=mine))
