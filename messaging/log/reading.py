"""What is read of the log, and of who may read it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple
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
BEFORE = f"""
SELECT {ENTRY}
WHERE c.public_id = %s::uuid AND e.seq < %s::bigint AND e.seq > %s::bigint
ORDER BY e.seq DESC
LIMIT %s::integer
"""
ROOMS = """
SELECT public_id, last_seq, access_version
FROM messaging_conversation
WHERE public_id = ANY (%s::uuid[])
"""
MEMBER = """
    u.public_id, k.public_id, k.name, k.credentials, m.from_seq
FROM messaging_conversation c
JOIN messaging_membership m ON m.conversation_id = c.id AND m.left_at IS NULL
JOIN clinicians_clinician k ON k.id = m.clinician_id
    AND k.verified_at IS NOT NULL
    AND k.suspended_at IS NULL
    AND k.left_at IS NULL
JOIN accounts_user u ON u.id = k.user_id AND u.is_active
"""
MEMBERS = f"""
SELECT {MEMBER}
WHERE c.public_id = %s::uuid AND c.access_version >= %s::integer
ORDER BY m.id
"""
STANDING = f"""
SELECT c.epoch, c.last_seq, c.last_ordinal, c.access_version, m.read_seq,
    m.read_ordinal, {MEMBER}
WHERE c.public_id = %s::uuid AND u.public_id = %s::uuid
"""
NAMES = """
SELECT public_id, name, credentials
FROM clinicians_clinician
WHERE public_id = ANY (%s::uuid[])
"""
LATEST = 2**62


class Member(NamedTuple):
    """She may read and write there now. `person` is her user's public id."""

    person: UUID
    clinician: UUID
    name: str
    credentials: str
    from_seq: int


class Standing(NamedTuple):
    """One member, and how the conversation stands to her."""

    epoch: UUID
    last_seq: int
    last_ordinal: int
    access_version: int
    read_seq: int
    read_ordinal: int
    member: Member


def read_entries(
    conversation: UUID, since: int, limit: int, from_seq: int = 0
) -> Question[list[Entry]]:
    """The next ones after `since`, but none that is hidden from who came later."""
    asked = [conversation, since, from_seq, limit]
    return Question(SINCE, asked, partial(_shown, from_seq))


def page_before(
    conversation: UUID, limit: int, from_seq: int = 0, before: int = LATEST
) -> Question[list[Entry]]:
    """The newest ones before it, in their order."""
    asked = [conversation, before, from_seq, limit]
    return Question(BEFORE, asked, lambda rows: _shown(from_seq, rows[::-1]))


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


def members_of(conversation: UUID, version: int = 0) -> Question[list[Member]]:
    """Nobody, if the database does not know that version of it yet."""
    return Question(MEMBERS, [conversation, version], _members)


def _members(rows: Sequence[Row]) -> list[Member]:
    return [Member(*row) for row in rows]


def standing_of(conversation: UUID, person: UUID) -> Question[Standing | None]:
    """Nothing when she may not read there."""
    return Question(STANDING, [conversation, person], _standing)


def _standing(rows: Sequence[Row]) -> Standing | None:
    if not rows:
        return None
    return Standing._make([*rows[0][:6], Member._make(rows[0][6:])])


def names_of(clinicians: Iterable[UUID]) -> Question[dict[UUID, str]]:
    """As they are shown; of nobody who is erased."""
    return Question(NAMES, [array(clinicians)], _names)


def _names(rows: Sequence[Row]) -> dict[UUID, str]:
    return {
        clinician: f"{name}, {credentials}" if credentials else name
        for clinician, name, credentials in rows
    }
