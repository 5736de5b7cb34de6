"""How far members have read. No entries: else reading would make news for others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from messaging.log.questions import Question, Row, array

# Its rows are locked in the order of their keys, like those of a batch.
READ = """
WITH asked AS MATERIALIZED (
    SELECT m.id, c.id AS conversation_id, max(least(a.seq, c.last_seq)) AS seq
    FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[]) AS a (conversation, person, seq)
    JOIN messaging_conversation c ON c.public_id = a.conversation
    JOIN accounts_user u ON u.public_id = a.person
    JOIN clinicians_clinician k ON k.user_id = u.id
    JOIN messaging_membership m ON m.conversation_id = c.id
        AND m.clinician_id = k.id
        AND m.left_at IS NULL
    WHERE a.seq > m.read_seq
    GROUP BY m.id, c.id
), places AS MATERIALIZED (
    SELECT m.id, asked.seq, e.ordinal
    FROM messaging_membership m
    JOIN asked ON asked.id = m.id
    JOIN messaging_message e ON e.conversation_id = asked.conversation_id
        AND e.seq = asked.seq
    ORDER BY m.id
    FOR NO KEY UPDATE OF m
)
UPDATE messaging_membership m
SET
    read_seq = greatest(m.read_seq, places.seq),
    read_ordinal = greatest(m.read_ordinal, places.ordinal)
FROM places, messaging_conversation c, clinicians_clinician k, accounts_user u
WHERE m.id = places.id
    AND c.id = m.conversation_id
    AND k.id = m.clinician_id
    AND u.id = k.user_id
RETURNING c.public_id, u.public_id, m.read_seq, c.last_ordinal - m.read_ordinal
"""


@dataclass(frozen=True)
class Reading:
    """Somebody has seen a conversation up to there. `person` as in a submission."""

    conversation: UUID
    person: UUID
    seq: int


class Place(NamedTuple):
    conversation: UUID
    person: UUID
    read_seq: int
    unread: int


def mark_read(readings: Iterable[Reading]) -> Question[list[Place]]:
    """It writes: places only move forward, and those that did are answered."""
    asked = list(readings)
    columns = (
        array(reading.conversation for reading in asked),
        array(reading.person for reading in asked),
        array(reading.seq for reading in asked),
    )
    return Question(READ, columns, _places)


def _places(rows: Sequence[Row]) -> list[Place]:
    return [Place(*row) for row in rows]
