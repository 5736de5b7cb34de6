"""How a referral stands: whose turn it is, and who is clinically responsible."""

from collections.abc import Sequence

from referrals.machine.moving import ATTEMPTS, Offered, Referred
from referrals.machine.words import (
    ARRIVED,
    OVER,
    Kind,
    Mode,
    O,
    Responsible,
    S,
    Turn,
)

TURNS = {
    S.DRAFT: Turn.SENDER,
    S.READY: Turn.SENDER,
    S.OPEN: Turn.RECEIVER,
    S.CHOOSING: Turn.SENDER,
    S.WAITING: Turn.RECEIVER,
    S.PLACED: Turn.SENDER,
    S.HANDED_OVER: Turn.RECEIVER,
    S.CONTACTING: Turn.RECEIVER,
    S.SCHEDULED: Turn.RECEIVER,
    S.ENGAGED: Turn.RECEIVER,
    S.PAUSED: Turn.SENDER,
    S.CLOSED: Turn.NOBODY,
    S.WITHDRAWN: Turn.NOBODY,
    S.EXPIRED: Turn.NOBODY,
}
OFFER_TURNS = {
    O.QUEUED: Turn.SYSTEM,
    O.SENT: Turn.RECEIVER,
    O.VIEWED: Turn.RECEIVER,
    O.NEEDS_INFO: Turn.SENDER,
    O.CONFIRMING: Turn.SUPERVISOR,
    O.ACCEPTED: Turn.SENDER,
    O.WAITLIST_OFFERED: Turn.SENDER,
    O.WAITLISTED: Turn.RECEIVER,
}


def turn_of(referral: Referred, offers: Sequence[Offered]) -> Turn:
    if referral.state == S.CHOOSING and _is_the_clients(referral):
        return Turn.CLIENT
    if referral.state == S.OPEN:
        return _turn_while_open(offers)
    if referral.state == S.CONTACTING and _falls_back(referral):
        return Turn.SENDER
    return TURNS[S(referral.state)]


def turn_of_offer(referral: Referred, offer: Offered) -> Turn:
    """Of one colleague's part, for whoever looks at that alone."""
    turn = OFFER_TURNS.get(O(offer.state), Turn.NOBODY)
    by_client = offer.state in {O.ACCEPTED, O.WAITLIST_OFFERED}
    if by_client and _is_the_clients(referral):
        return Turn.CLIENT
    return turn


def _turn_while_open(offers: Sequence[Offered]) -> Turn:
    """The sender first: as long as a question waits, a colleague's clock does."""
    turns = {OFFER_TURNS.get(O(one.state)) for one in offers}
    for turn in (Turn.SENDER, Turn.RECEIVER, Turn.SUPERVISOR):
        if turn in turns:
            return turn
    return Turn.SENDER


def _is_the_clients(referral: Referred) -> bool:
    """Until she has said what she would like instead: that is for the sender."""
    return referral.mode == Mode.CLIENT and referral.replied_at is None


def _falls_back(referral: Referred) -> bool:
    return referral.attempts >= ATTEMPTS or referral.missed_at is not None


def responsible(kind: str, state: str, outcome: str = "") -> Responsible:
    """The sender, until the client has arrived and it is confirmed: never before."""
    if state == S.CLOSED and outcome in ARRIVED and kind == Kind.TRANSFER:
        return Responsible.RECEIVER
    if state != S.ENGAGED or kind in {Kind.TRANSFER, Kind.CONSULTATION}:
        return Responsible.SENDER
    return Responsible.RECEIVER if kind == Kind.COVER else Responsible.BOTH


def is_over(state: str) -> bool:
    return state in OVER
