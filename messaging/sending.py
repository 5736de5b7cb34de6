"""Adding to the log from a page: the sync way to what the socket does."""

from django.db import connection, transaction

from messaging.actions.waiting import settle_read
from messaging.bodies import is_same, key_now, keys_of, sealed, tidy
from messaging.guarding import looked_through
from messaging.log import (
    Kept,
    Outcome,
    Place,
    Reading,
    Refusal,
    Refused,
    Submission,
    Unguarded,
    append,
    ask,
    mark_read,
)
from messaging.models import Conversation
from messaging.telling import CONVERSATIONS, tell
from network.accounts.models import User
from network.activity import live


def send(asked: Submission, text: str | None = None, *, reason: str = "") -> Outcome:
    """Sealed, kept, and told once it is safe; looked through where that is wanted. Told
    also when it is sent again: whoever kept it may have died before.

    For somebody to whom the conversation was shown: a key is made for it, before the
    log decides whether she may write there.
    """
    if text is not None:
        text = tidy(text, may_be_empty=bool(asked.files))
        asked = sealed(asked, text, key_now(asked.conversation))
    outcome = _keep(asked)
    if text is not None and isinstance(outcome, Unguarded):
        outcome = _keep(looked_through(asked, text, reason))
    outcome = _settled(outcome, text)
    if isinstance(outcome, Kept):
        tell(asked.conversation, [outcome.entry])
    return outcome


def read_up_to(conversation: Conversation, seq: int, *, by: User) -> list[Place]:
    """Her tabs hear it when her place moved."""
    reading = Reading(conversation.public_id, by.public_id, seq)
    with transaction.atomic():
        moved = ask(mark_read([reading]))
    if moved:
        settle_read(by)
        live.nudge([by], [CONVERSATIONS])
    return moved


@transaction.atomic
def _keep(asked: Submission) -> Outcome:
    with connection.cursor() as cursor:
        [outcome] = append(cursor, [asked])
    return outcome


def _settled(outcome: Outcome, text: str | None) -> Outcome:
    """The same client_id with other words is no retry."""
    if not isinstance(outcome, Kept) or outcome.is_new:
        return outcome
    if is_same(text, outcome.entry, keys_of([outcome.entry])):
        return outcome
    return Refused(Refusal.CLIENT_ID_REUSED)
