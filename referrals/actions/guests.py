"""Colleagues who are no members: asked by a link, and perhaps members later on."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.activity.models import Event
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions import guest_letters
from referrals.actions.answering import Terms, accept_offer
from referrals.actions.asking import ask_more
from referrals.actions.consequences import meet
from referrals.actions.drafting import Guest, shortlist
from referrals.actions.stepping import Click, begin, finish, lock_first
from referrals.events import OfferEvent
from referrals.machine.words import ASKING, O
from referrals.models import GuestLink, Offer, Referral
from referrals.models.guest import LASTS

MAILED_A_DAY = 20
GONE = (OfferEvent.LINK_RENEWED, OfferEvent.LINK_ENDED)
DAY = timedelta(days=1)


class TooManyGuestsError(PermissionDenied):
    """She has sent as many links as anybody may within a day."""


@transaction.atomic
def add_guest(referral: Referral, guest: Guest, *, by: By, click: Click) -> bool:
    """Whether she is asked at once: so where colleagues think it over, and nothing
    stands against it. Otherwise she is in line.
    """
    lock_first(by)
    if guest.by_link:
        _count(referral)
    people = [*in_line(referral), guest]
    if referral.state in ASKING:
        return ask_more(referral, people, by=by, click=click)
    shortlist(referral, people, by=by, click=click)
    return False


@transaction.atomic
def shortlist_with_guests(
    referral: Referral, people: Sequence[Clinician | Guest], *, by: By, click: Click
) -> None:
    """All who are in line anew, links among them, of which nobody makes too many."""
    lock_first(by)
    shortlist(referral, people, by=by, click=click)
    if any(isinstance(one, Guest) and one.by_link for one in people):
        _count(referral, 0)


def in_line(referral: Referral) -> list[Clinician | Guest]:
    queued = referral.offers.filter(state=O.QUEUED).select_related("receiver")
    return [one.receiver or Guest.of(one) for one in queued.in_order()]


@transaction.atomic
def renew_link(offer: Offer, email: str, *, by: By, click: Click) -> None:
    """Another one, perhaps to another address; the one before opens nothing."""
    lock_first(by)
    move = begin("renew_link", offer, by, click, words=email)
    if move is None:
        return

    _count(move.referral)
    move.its.guest_email = email
    move.its.link_expires_at = timezone.now() + LASTS
    guest_letters.renew(move.its)

    finish(move, OfferEvent.LINK_RENEWED)


@transaction.atomic
def end_link(offer: Offer, *, by: By, click: Click) -> None:
    """From now on nobody answers by it: the sender keeps the record."""
    if move := begin("end_link", offer, by, click):
        _forget_link(move.its)
        finish(move, OfferEvent.LINK_ENDED)


@transaction.atomic
def accept_as_guest(offer: Offer, terms: Terms, *, by: By, click: Click) -> None:
    """With her word that she may treat where the client is, which nobody has seen."""
    accept_offer(offer, terms, by=by, click=click)
    GuestLink.objects.filter(offer=offer).update(declared_at=timezone.now())


@transaction.atomic
def join_offer(offer: Offer, *, by: By, click: Click) -> None:
    """What she was asked as a guest is hers as a member: once, and her link is over."""
    move = begin("join", offer, by, click)
    if move is None:
        return

    mine = move.its
    mine.receiver, mine.guest_name, mine.guest_email = by.clinician, "", ""
    _forget_link(mine)

    finish(move, OfferEvent.JOINED)
    if mine.state == O.SELECTED:
        meet(move.referral, mine, by)


def _forget_link(offer: Offer) -> None:
    offer.link_expires_at = None
    GuestLink.objects.filter(offer=offer).delete()


def _count(referral: Referral, more: int = 1) -> None:
    """Nobody sends mail to strangers through us by the hundred. A link that was
    replaced, or ended, has been mailed too: the trail knows of it.
    """
    sender, since = referral.sender, timezone.now() - DAY
    made = GuestLink.objects.filter(offer__referral__sender=sender, made_at__gt=since)
    me = str(sender.user.public_id) if sender.user else ""
    gone = Event.objects.filter(actor_id=me, verb__in=GONE, at__gt=since)
    if made.count() + gone.count() + more > MAILED_A_DAY:
        raise TooManyGuestsError
