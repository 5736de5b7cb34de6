"""What is shown of referrals and offers, to each what is hers to see."""

from typing import Any

from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.reading import read_words
from referrals.disclosure import Said
from referrals.machine.standing import turn_of_offer
from referrals.models import Offer, Referral
from referrals.permissions import allowed

PLAIN = (
    "kind",
    "reason",
    "sub_reason",
    "urgency",
    "planned_on",
    "mode",
    "jurisdiction",
    "acuity",
    "state",
    "turn",
    "version",
    "outcome",
    "attempts",
    "first_session_at",
    "created_at",
    "changed_at",
)
OF_OFFER = (
    "state",
    "version",
    "viewed_on",
    "earliest_on",
    "fee",
    "format",
    "expected_on",
    "reason",
)


def referral_of(one: Referral) -> dict[str, Any]:
    room = one.conversation
    return {
        "id": one.public_id,
        "client": one.client.handle,
        "sender": _person(one.sender),
        "responsible": one.responsible,
        "conversation": room.public_id if room else None,
        **{name: getattr(one, name) for name in PLAIN},
    }


def whole_referral(one: Referral, member: Clinician) -> dict[str, Any]:
    """With the offers that she sees, and the words: that she read them is noted."""
    by = By.member(member)
    seen = Offer.objects.visible_to(member).filter(referral=one).in_order()
    return {
        **referral_of(one),
        "offers": [_asked(offer, member) for offer in seen],
        "replies": _replies(one) if one.sender_id == member.pk else [],
        "words": [*map(_words, read_words(one, by=by))],
        "allowed": sorted(allowed(by, one)),
    }


def offer_of(offer: Offer) -> dict[str, Any]:
    name = {"id": None, "name": offer.guest_name}
    return {
        "id": offer.public_id,
        "referral": offer.referral.public_id,
        "receiver": _person(offer.receiver) if offer.receiver else name,
        "turn": turn_of_offer(offer.referral, offer),
        **{field: getattr(offer, field) for field in OF_OFFER},
    }


def _asked(offer: Offer, member: Clinician) -> dict[str, Any]:
    is_hers = offer.referral.sender_id == member.pk
    return {**offer_of(offer), "conflict": offer.conflict if is_hers else None}


def whole_offer(offer: Offer, member: Clinician) -> dict[str, Any]:
    by = By.member(member)
    return {
        **offer_of(offer),
        "words": [*map(_words, read_words(offer, by=by))],
        "allowed": sorted(allowed(by, offer)),
    }


def _person(clinician: Clinician) -> dict[str, Any]:
    return {"id": clinician.public_id, "name": clinician.display_name}


def _replies(one: Referral) -> list[dict[str, Any]]:
    """What the client says is the sender's to know."""
    return [
        {"party": said.party.label, "kind": said.kind, "ranked": said.ranked}
        | {"at": said.said_at}
        for said in one.replies.select_related("party").order_by("said_at")
    ]


def _words(said: Said) -> dict[str, Any]:
    return {"kind": said.kind, "text": said.text, "at": said.passage.written_at}
