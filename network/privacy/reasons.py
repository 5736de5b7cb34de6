"""Reasons in words: their hash for the trail, themselves for those who may read."""

from network.activity.models import Event
from network.activity.reasons import Reason
from network.privacy.keys import ring

PURPOSE = "reason words"


def reason(code: str, words: str) -> Reason:
    """What `record(why=…)` takes; `keep_words` then stores the words beside it."""
    return Reason(code, ring().keyed_hash(words, PURPOSE) if words else "")


def are_of(event: Event, words: str) -> bool:
    return ring().matches(words, PURPOSE, event.why_hash)
