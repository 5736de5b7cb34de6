"""The codes of reasons in words; those that nobody chooses stay as they are."""

from network.accounts.reasons import Why
from network.clinicians.moderation.states import Ground

LABELS = {choice.value: str(choice.label) for choice in (*Why, *Ground)}


def in_words(code: str) -> str:
    return LABELS.get(code, code)
