"""Reading what a client needs is an action of its own: the trail knows who has."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.activity.recorder import record
from network.clients.actions.identity import Revealed, reveal_identity
from network.clients.wording import Why
from referrals.acting import By, roles_of
from referrals.actions.accounting import account_for
from referrals.disclosure import Said, may_know_identity, may_read_need, passages_for
from referrals.events import ReferralEvent
from referrals.machine.words import Role
from referrals.models import Offer, Referral


def read_words(thing: Referral | Offer, *, by: By) -> list[Said]:
    """Nothing for whoever may not; what the sender reads of her own is not noted. Each
    note is a transaction of its own: an erasure locks the client before the referral.
    """
    said = passages_for(by, thing)
    referral = thing if isinstance(thing, Referral) else thing.referral
    if said and Role.SENDER not in roles_of(by, referral, None):
        for offer in _offers_of(thing, by):
            account_for(offer, by.clinician or offer.named)
        _note_opening(referral, by)
    return said


@transaction.atomic
def read_identity(offer: Offer, *, by: By, why: Why) -> list[Revealed]:
    """Each reading is in the trail and in the log of disclosures."""
    if by.user is None or not may_know_identity(by, offer):
        raise PermissionDenied("may not read who the client is")
    return reveal_identity(offer.referral.client, by=by.user, why=why)


@transaction.atomic
def _note_opening(referral: Referral, by: By) -> None:
    record(by.actor, ReferralEvent.OPENED, referral)


def _offers_of(thing: Referral | Offer, by: By) -> list[Offer]:
    if isinstance(thing, Offer):
        return [thing]
    return [one for one in thing.offers.all() if may_read_need(by, one)]
