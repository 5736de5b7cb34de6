"""What the two of a referral write to each other on the way."""

from messaging.guarding import Reason
from network.clients.modes import identity_is_on
from referrals.acting import By
from referrals.actions.passages import Kind, Words, guarded, say
from referrals.actions.stepping import Move
from referrals.models import Offer, Referral

REASONS = frozenset(Reason.values)


def note(move: Move, kind: Kind, words: Words, offer: Offer | None = None) -> None:
    """Nothing where nothing is said."""
    if words.text:
        say(move.referral, kind, _passed(words, move.by, move), offer)


def is_watched(referral: Referral) -> bool:
    """As the need is, until the colleague has been told who the client is; and anew in
    what goes on from one that is over.
    """
    return referral.is_over or not (identity_is_on() and referral.released_at)


def _passed(words: Words, by: By, move: Move) -> str:
    if not is_watched(move.referral):
        return words.text
    known = words if words.guard_reason in REASONS else Words(words.text)
    return guarded(known, by.clinician or move.referral.sender)
