"""What is owed to a client whose transfer ends before somebody else has begun."""

from collections.abc import Collection

from django.db.models import TextChoices

from referrals.machine.words import Outcome


class Care(TextChoices):
    """So that nobody is left alone between two colleagues: each of them."""

    TOLD = "told", "The client knows how it stands, or has been written to"
    NAMED = "named", "Other colleagues or services are named to the client"
    CRISIS = "crisis", "The client has the crisis line, 988, and knows when to call"
    HELD = "held", "You go on until somebody else does, or the client has ended it"


# Where there is nobody to hold: how it ended is said in words instead.
NOBODY_TO_HOLD = frozenset({Outcome.EMERGENCY, Outcome.DUPLICATE})


def is_kept(outcome: str, care: Collection[str], words: str) -> bool:
    if outcome in NOBODY_TO_HOLD:
        return bool(words.strip())
    return set(care) == set(Care)
