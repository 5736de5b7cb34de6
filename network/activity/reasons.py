"""Why something was done: a code, and the fingerprint of words kept elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """The words themselves are encrypted beside the event, never in it."""

    code: str
    words_hash: str = ""
