"""Somebody is chosen, or a place on a waiting list is."""

from django.db import transaction

from referrals.acting import By
from referrals.actions.stepping import Click, begin, finish
from referrals.events import OfferEvent, ReferralEvent
from referrals.models import Offer, Referral, Reply


@transaction.atomic
def choose_offer(offer: Offer, *, by: By, click: Click) -> None:
    """By the sender, or by the client where the client chooses."""
    if move := begin("choose", offer, by, click):
        finish(move, OfferEvent.CHOSEN)


@transaction.atomic
def note_call(referral: Referral, *, by: By, click: Click) -> None:
    """She has spoken with the client, whose choice it is again: what was asked for is
    answered by that, and an order stays.
    """
    if move := begin("note_call", referral, by, click):
        referral.replies.exclude(kind=Reply.Kind.RANKED).delete()
        move.referral.replied_at = None
        finish(move, ReferralEvent.CALLED)


@transaction.atomic
def join_waitlist(offer: Offer, *, by: By, click: Click) -> None:
    if move := begin("join_waitlist", offer, by, click):
        finish(move, OfferEvent.WAITLIST_JOINED)


@transaction.atomic
def reconfirm_acceptance(offer: Offer, *, by: By, click: Click) -> None:
    """It still holds, for as long again."""
    if move := begin("reconfirm", offer, by, click):
        finish(move, OfferEvent.RECONFIRMED)


@transaction.atomic
def reconfirm_waitlist(offer: Offer, *, by: By, click: Click) -> None:
    """The place on the list is still kept."""
    if move := begin("reconfirm_waitlist", offer, by, click):
        move.its.misses = 0
        finish(move, OfferEvent.WAITLIST_RECONFIRMED)


@transaction.atomic
def promote_offer(
    offer: Offer, *, by: By, click: Click, makes_room: bool = False
) -> None:
    """From the waiting list: there is a place now, and it is asked whether it still
    suits.
    """
    said = frozenset({"opening"} if makes_room else ())
    if move := begin("promote", offer, by, click, said=said):
        move.its.holds = move.its.receiver is not None and not makes_room
        finish(move, OfferEvent.PROMOTED)


@transaction.atomic
def pass_deadline(referral: Referral) -> None:
    """By its clock: nobody has chosen, and the accepted are asked whether it holds."""
    if move := begin("deadline", referral, By.system(), None):
        finish(move, ReferralEvent.DEADLINE_PASSED)


@transaction.atomic
def lapse_offer(offer: Offer) -> None:
    """By its clock: it was not chosen, or not said again that it holds."""
    verb = "lapse" if offer.state == "accepted" else "lapse_waitlist"
    if move := begin(verb, offer, By.system(), None):
        finish(move, OfferEvent.LAPSED)
