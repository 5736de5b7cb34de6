"""What the two of a referral write to each other on the way."""

from messaging.guarding import Reason
from network.clients.modes import identity_is_on
from referrals.acting import By
from referrals.actions.passages import Kind, Words, guarded, say
from referrals.actions.stepping import Move
from referrals.models import Offer

REASONS = frozenset(Reason.values)


def note(move: Move, kind: Kind, words: Words, offer: Offer | None = None) -> None:
    """Nothing where nothing is said. Where no client has a name here, the guard
    watches these words as it watches the need.
    """
    if words.text:
        say(move.referral, kind, _passed(words, move.by, move), offer)


def _passed(words: Words, by: By, move: Move) -> str:
    if identity_is_on():
        return words.text
    known = words if words.guard_reason in REASONS else Words(words.text)
    return guarded(known, by.clinician or move.referral.sender)
