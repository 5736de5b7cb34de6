"""The few ways to answer without words."""

from django.db import models


class Reaction(models.TextChoices):
    """Each has an icon of its name."""

    AGREE = "agree", "I agree"
    THANKS = "thanks", "Thank you"
    CARE = "care", "I feel with you"
    QUESTION = "question", "I have a question"
    SEEN = "seen", "I have seen it"
    CELEBRATE = "celebrate", "Well done"


def is_reaction(detail: str) -> bool:
    """“+agree” adds one, “-agree” takes it back."""
    return detail[:1] in ("+", "-") and detail[1:] in Reaction.values
