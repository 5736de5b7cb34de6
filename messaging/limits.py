"""How much may be asked for, by whatever way one asks."""

MOST_MEMBERS = 50  # with whom one begins
MOST_MENTIONS = 50
MOST_FILES = 5  # of one message
MOST_INSIDE = 200  # of one conversation, once it has begun
MOST_TOPICS = 100
MOST_REMINDERS = 200  # of one person
MOST_SCHEDULED = 100  # of one person, in all her conversations
LONGEST_TITLE = 120
LONGEST_SEARCH = 200
LIFE = (60, 365 * 24 * 3600)  # seconds of a message that is to disappear
CONFIRMING = (15 * 60, 7 * 24 * 3600)  # seconds in which it may be asked for
LAST_SEQ = 2**63 - 1


class FullError(Exception):
    """There are as many as there may be."""


def seq_in(text: str) -> int | None:
    """A place in a log, as it stands in an address."""
    is_short = len(text) <= len(str(LAST_SEQ))
    seq = int(text) if is_short and text.isascii() and text.isdigit() else 0
    return seq if 0 < seq <= LAST_SEQ else None
