"""Legal holds: of which conversations nothing may be destroyed for now.

Whoever sets one locks the conversations, as whoever destroys something does: what
`is_held` says under that lock is true until it is released.
"""

from messaging.holds.reach import conversations_of, hidden_in, is_held, under_hold

__all__ = [
    "STANDS",
    "HeldError",
    "conversations_of",
    "hidden_in",
    "is_held",
    "under_hold",
]
STANDS = "Kept for now: a legal hold stands."


class HeldError(Exception):
    """It would destroy what a legal hold keeps."""
