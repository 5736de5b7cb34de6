"""What is read of the log."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from messaging.log.batch import entries
from messaging.log.entry import Entry
from messaging.log.questions import Question, Row, array
from messaging.log.statements import ENTRY

SINCE = f"""
SELECT {ENTRY}
WHERE c.public_id = %s::uuid AND e.seq > greatest(%s::bigint, %s::bigint)
ORDER BY e.seq
LIMIT %s::integer
"""
ROOMS = """
SELECT public_id, last_seq, access_version
FROM messaging_conversation
WHERE public_id = ANY (%s::uuid[])
"""
NAMES = """
SELECT public_id, name, credentials
FROM clinicians_clinician
WHERE public_id = ANY (%s::uuid[])
"""


def read_entries(
    conversation: UUID, since: int, limit: int, from_seq: int = 0
) -> Question[list[Entry]]:
    """The next ones after `since`, but none that is hidden from who came later."""
    asked = [conversation, since, from_seq, limit]
    return Question(SINCE, asked, partial(_shown, from_seq))


def _shown(from_seq: int, rows: Sequence[Row]) -> list[Entry]:
    return [veiled(entry, from_seq) for entry in entries(rows)]


def veiled(entry: Entry, from_seq: int) -> Entry:
    """Without the words that it gives to a message from before she came."""
    is_before = entry.kind == "edit" and (entry.target or 0) <= from_seq
    return replace(entry, key_id=None, body=None) if is_before else entry


def sweep_rooms(ids: Iterable[UUID]) -> Question[dict[UUID, tuple[int, int]]]:
    """Of each: the newest seq and the version of who may read."""
    return Question(ROOMS, [array(ids)], _rooms)


def _rooms(rows: Sequence[Row]) -> dict[UUID, tuple[int, int]]:
    return {room: (last_seq, version) for room, last_seq, version in rows}


def names_of(clinicians: Iterable[UUID]) -> Question[dict[UUID, str]]:
    """As they are shown; of nobody who is erased."""
    return Question(NAMES, [array(clinicians)], _names)


def _names(rows: Sequence[Row]) -> dict[UUID, str]:
    return {
        clinician: f"{name}, {credentials}" if credentials else name
        for clinician, name, credentials in rows
    }
