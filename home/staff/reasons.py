"""The codes of reasons in words; those that nobody chooses stay as they are."""

from messaging.models import Hold
from network.accounts.reasons import Why
from network.clinicians.moderation.states import Ground

CODES = (*Why, *Ground, *Hold.Ground, *Hold.Lifting)
LABELS = {choice.value: str(choice.label) for choice in CODES}


def in_words(code: str) -> str:
    return LABELS.get(code, code)
