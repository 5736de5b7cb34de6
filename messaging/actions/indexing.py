"""Bodies that are found by no word yet: those from before there was a search."""

from collections.abc import Sequence

import structlog
from django.db import connection

from messaging.bodies import Keys, keys_of, open_body
from messaging.log import Entry, entry_of
from messaging.log.questions import array
from messaging.models import Message
from messaging.search.tokens import Tokens, tokens_of
from network.privacy.keys import Unreadable

AT_ONCE = 500
# What was recalled, or indexed by another, meanwhile stays as it is.
TOKENS = """
UPDATE messaging_message message SET tokens = fresh.tokens::bigint[]
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS fresh (conversation, seq, tokens)
WHERE (message.conversation_id, message.seq) = (fresh.conversation, fresh.seq)
    AND message.body IS NOT NULL AND message.tokens IS NULL
"""
log = structlog.get_logger(__name__)


def index_messages() -> int:
    """How many. A batch is a transaction: whoever is killed goes on where it ended."""
    without = Message.objects.whole().filter(body__isnull=False, tokens__isnull=True)
    count = 0
    while rows := list(without.order_by("conversation", "seq")[:AT_ONCE]):
        _index(rows)
        count += len(rows)
    return count


def _index(rows: Sequence[Message]) -> None:
    keys = keys_of(map(entry_of, rows))
    columns = (
        array(row.conversation_id for row in rows),
        array(row.seq for row in rows),
        array(array(_tokens(entry_of(row), keys)) for row in rows),
    )
    with connection.cursor() as cursor:
        cursor.execute(TOKENS, columns)


def _tokens(entry: Entry, keys: Keys) -> Tokens:
    """None where nobody can read it any more."""
    try:
        text = open_body(entry, keys)
    except Unreadable:
        log.error("body_unreadable", seq=entry.seq)
        return ()
    if text is None or entry.key_id is None:
        return ()
    return tokens_of(text, keys[entry.key_id])
