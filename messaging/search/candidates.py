"""The one statement of a search: messages whose tokens fit, that somebody may read.

It decides anew who she is, where she is a member, and from where on she reads.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from messaging.log import Entry, Question
from messaging.log.batch import entries
from messaging.log.questions import Row, array
from messaging.log.statements import ENTRY
from messaging.search.wanted import Wanted

# First all rows that have the tokens of one key, edits too: by the index for each key,
# as rows would be compared with all keys at once for ever. Then the messages they
# belong to; of these the entry that has the words of today, which is the last edit.
FITTING = """
WITH fitting AS MATERIALIZED (
    SELECT DISTINCT found.conversation_id, found.seq
    FROM unnest({tokens}) AS asked ({words})
    CROSS JOIN LATERAL (
        SELECT conversation_id, coalesce(target, seq) AS seq
        FROM messaging_message
        WHERE tokens @> ARRAY[{words}]
        OFFSET 0
    ) found
), readable AS MATERIALIZED (
    SELECT message.conversation_id, message.seq, message.at
    FROM fitting
    JOIN messaging_message message ON message.conversation_id = fitting.conversation_id
        AND message.seq = fitting.seq
    JOIN messaging_membership m ON m.conversation_id = message.conversation_id
        AND m.left_at IS NULL
        AND m.from_seq < message.seq
    JOIN clinicians_clinician k ON k.id = m.clinician_id
        AND k.verified_at IS NOT NULL
        AND k.suspended_at IS NULL
        AND k.left_at IS NULL
    LEFT JOIN clinicians_clinician sender ON sender.id = message.sender_id
    WHERE k.public_id = %s::uuid
        AND message.kind = 'message'
        AND message.body IS NOT NULL
        AND (message.expires_at IS NULL OR message.expires_at > clock_timestamp())
        AND coalesce(sender.public_id = %s::uuid, %s::uuid IS NULL)
        AND message.at >= coalesce(%s::timestamptz, '-infinity')
        AND message.at < coalesce(%s::timestamptz, 'infinity')
        AND (message.at, message.conversation_id, message.seq)
            < (coalesce(%s::timestamptz, 'infinity'), %s::bigint, %s::bigint)
    ORDER BY message.at DESC, message.conversation_id DESC, message.seq DESC
    LIMIT %s::integer
), hits AS MATERIALIZED (
    SELECT readable.*, coalesce(
        (
            SELECT max(edit.seq) FROM messaging_message edit
            WHERE edit.conversation_id = readable.conversation_id
                AND edit.target = readable.seq
                AND edit.kind = 'edit'
                AND edit.body IS NOT NULL
        ),
        readable.seq
    ) AS said_at
    FROM readable
)
SELECT hits.at, hits.conversation_id, hits.seq, {entry}
JOIN hits ON hits.conversation_id = e.conversation_id AND hits.said_at = e.seq
ORDER BY hits.at DESC, hits.conversation_id DESC, hits.seq DESC
"""


class Place(NamedTuple):
    """Where a page of hits ended."""

    at: datetime | None
    conversation: int
    seq: int


BEGINNING = Place(None, 0, 0)


class Candidate(NamedTuple):
    """A message, and the entry with the words it has today."""

    place: Place
    entry: Entry


def candidates(
    clinician: UUID,
    wanted: Wanted,
    tokens: Iterable[Sequence[int]],
    after: Place,
    limit: int,
) -> Question[list[Candidate]]:
    """Of each word the token by every key that may have sealed it."""
    each = [array(of_word) for of_word in tokens]
    words = ", ".join(f"word{number}" for number in range(len(each)))
    arrays = ", ".join(["%s::bigint[]"] * len(each))
    sql = FITTING.format(tokens=arrays, words=words, entry=ENTRY)
    who = [clinician, wanted.person, wanted.person]
    bounds = [wanted.since, wanted.until, *after, limit]
    return Question(sql, [*each, *who, *bounds], _candidates)


def _candidates(rows: Sequence[Row]) -> list[Candidate]:
    found = entries([row[3:] for row in rows])
    places = [Place(*row[:3]) for row in rows]
    return [Candidate(*pair) for pair in zip(places, found, strict=True)]
