"""What the modes and the urgencies mean, in plain words: to whoever picks them, and to
whoever is asked.
"""

from collections.abc import Mapping

from referrals.machine.clocks import ANSWER_WITHIN
from referrals.machine.words import Mode, Urgency

# In the order in which they are offered. A circle has members once circles exist.
OFFERED: Mapping[Mode, str] = {
    Mode.FIRST: "All are asked at once. Whoever says yes first takes the client, and "
    "the others are closed courteously.",
    Mode.CLIENT: "All are asked at once. Who says yes stands on a page for the client, "
    "who chooses there by a link of yours.",
    Mode.SENDER: "All are asked at once. You choose out of those who say yes.",
    Mode.SEQUENCE: "Asked in your order: the next one when the one before has "
    "declined, or has not answered in twice the time.",
}
TO_THE_ASKED: Mapping[Mode, str] = {
    Mode.FIRST: "Whoever accepts first",
    Mode.CLIENT: "The client chooses, out of those who accept",
    Mode.SENDER: "The sender chooses, out of those who accept",
    Mode.SEQUENCE: "Whoever accepts; one is asked after the other",
    Mode.CIRCLE: "Whoever accepts first",
}


def how_soon(urgency: Urgency) -> str:
    """Until when an answer is awaited, and what comes then."""
    return f"An answer {ANSWER_WITHIN[urgency].words}, then a reminder."
