"""The client, by her link, where the choice is hers: she chooses, or says what she
would like instead.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from network.clients.actions.consents import Terms, record_consent
from network.clients.consents import today
from network.clients.models import AccessLink, Consent
from network.clients.modes import identity_is_on
from network.clients.wording import TO_CALL, DataClass, Purpose
from referrals.acting import By
from referrals.actions.choosing import choose_offer
from referrals.actions.stepping import Click, LostRaceError, begin, finish
from referrals.events import ReferralEvent
from referrals.machine.words import O
from referrals.models import Offer, Referral, Reply

LASTS = timedelta(days=365)


@dataclass(frozen=True)
class Wish:
    """`ranked` are the public ids of offers, the first wish first."""

    kind: Reply.Kind
    ranked: tuple[UUID, ...] = ()


@transaction.atomic
def reply(referral: Referral, wish: Wish, *, by: By, click: Click) -> None:
    """Then it is the sender's turn, who calls or chooses by the order. What the same
    party said before is replaced; choosing stays open to her.
    """
    words = f"{wish.kind} {' '.join(map(str, wish.ranked))}"
    move = begin("reply", referral, by, click, words=words)
    if move is None or by.link is None:
        return
    willing = {one.public_id for one in move.offers if one.state == O.ACCEPTED}
    if not willing.issuperset(wish.ranked):
        raise LostRaceError

    said = {"kind": wish.kind, "ranked": list(wish.ranked), "said_at": timezone.now()}
    Reply.objects.update_or_create(
        referral=referral, party=by.link.party, defaults=said
    )
    move.referral.replied_at = timezone.now()

    finish(move, ReferralEvent.REPLIED, why=wish.kind)


@transaction.atomic
def choose_by_link(offer: Offer, *, link: AccessLink, click: Click) -> None:
    """Where identities are kept, a consent that names whom she chose is laid before her
    at once: until she signs it nobody learns anything by it.
    """
    choose_offer(offer, by=By.client(link), click=click)
    offer.refresh_from_db(fields=["state"])
    if offer.state == O.SELECTED and identity_is_on():
        _ask_for_consent(offer, link)


def _ask_for_consent(offer: Offer, link: AccessLink) -> None:
    """Once; and only to tell a member, since to nobody else an identity is released."""
    if offer.receiver is not None and consent_about(offer) is None:
        terms = Terms(offer.receiver, Purpose.REFERRAL, TO_CALL, today() + LASTS)
        record_consent(offer.referral.client, terms, by=link)


def consent_about(offer: Offer) -> Consent | None:
    """To tell this colleague who the client is: offered, or in force."""
    open_ones = (Consent.State.OFFERED, *Consent.SIGNED_BY_ALL)
    named = Consent.objects.naming(offer.named).filter(
        client=offer.referral.client,
        purpose=Purpose.REFERRAL,
        data_classes__contains=[DataClass.IDENTITY],
        state__in=open_ones,
        expires_on__gt=today(),
    )
    return named.newest_first().first()
