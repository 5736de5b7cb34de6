"""What a step brings with it for others: who is asked, who is told that it is over,
who may know the client no more, and the room of the two.
"""

from typing import TYPE_CHECKING

from messaging.actions.conversations import attach_conversation, shut
from messaging.actions.lock import locked
from messaging.actions.members import By as Author
from messaging.actions.members import put_out
from messaging.models import Kind, Membership
from network.activity.recorder import record
from network.clients.actions.identity import end_release
from referrals.acting import By
from referrals.actions.accounting import account_for
from referrals.actions.guest_letters import tell_guests
from referrals.events import OfferEvent, ReferralEvent
from referrals.machine.words import O, S
from referrals.models import Offer, Referral

if TYPE_CHECKING:
    from referrals.actions.stepping import Move

# Told to the colleague whose part another's step has changed.
TOLD = {
    O.SENT: OfferEvent.SENT,
    O.NOT_SELECTED: OfferEvent.CLOSED,
    O.RETRACTED: OfferEvent.RETRACTED,
    O.RELEASED: OfferEvent.RELEASED,
}


def follow(move: "Move") -> None:
    tell_guests(move)
    for offer in move.offers:
        if offer.state == move.was.get(offer.pk):
            continue
        if offer is not move.offer and offer.sent_at is not None:
            _tell(offer, move.by)
        if offer.state == O.SENT and offer.is_logged:
            account_for(offer, offer.named)  # she asks by herself, and tells it
        if move.was.get(offer.pk) == O.SELECTED:
            _part(move.referral, offer, move.by)
        if offer.state == O.SELECTED:
            meet(move.referral, offer, move.by)
    fell_back = move.came_from != S.READY and move.row.to is not S.READY
    if move.referral.state == S.READY and fell_back:
        _tell_sender(move.referral, move.by)


def _tell(offer: Offer, by: By) -> None:
    """Courteously, and of the part alone: nobody learns of the others."""
    event = TOLD.get(O(offer.state))
    if event is None:
        return
    user = offer.receiver.user if offer.receiver else None
    sender = offer.referral.sender.user
    audience = [sender] if sender else []
    told = [user] if user else []
    record(by.actor, event, offer, audience=audience, notify=told)


def _tell_sender(referral: Referral, by: By) -> None:
    sender = referral.sender.user
    told = [sender] if sender and by.clinician != referral.sender else []
    record(by.actor, ReferralEvent.EXHAUSTED, referral, notify=told)


def _part(referral: Referral, offer: Offer, by: By) -> None:
    """Who the client is is closed to her; she is out of the room, and nobody writes
    there any more.
    """
    end_release(referral.client, offer.named, by=by.user)
    if referral.conversation is None:
        return
    conversation = locked(referral.conversation)
    inside = Membership.objects.current().filter(conversation=conversation)
    if mine := inside.filter(clinician=offer.receiver).first():
        put_out(conversation, mine, Kind.REMOVED, by=Author(by.actor, by.clinician))
    shut(conversation, by=by.actor, who=by.clinician)
    referral.conversation = None
    referral.save(update_fields=["conversation"])


def meet(referral: Referral, offer: Offer, by: By) -> None:
    """A conversation of the two, where both are members."""
    user = by.user or referral.sender.user
    if offer.receiver is None or offer.receiver.user is None or user is None:
        return
    pair = (referral.sender, offer.receiver)
    referral.conversation = attach_conversation(pair, by=user)
    referral.save(update_fields=["conversation"])
