"""What many ask at once, as one question: for the event loop, when all come back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from messaging.log.batch import entries
from messaging.log.entry import Entry
from messaging.log.questions import Question, Row, array
from messaging.log.statements import ENTRY, FIT, OPEN

MEMBERS = f"""
FROM messaging_conversation c
JOIN messaging_membership m ON m.conversation_id = c.id AND m.left_at IS NULL
JOIN clinicians_clinician k ON k.id = m.clinician_id
JOIN accounts_user u ON u.id = k.user_id AND {FIT}
"""
STANDINGS = f"""
SELECT c.public_id, u.public_id, c.epoch, c.last_seq, c.access_version,
    manners.shows_presence IS NOT FALSE, {OPEN}, k.public_id, m.from_seq {MEMBERS}
JOIN unnest(%s::uuid[], %s::uuid[]) AS asked (conversation, person)
ON asked.conversation = c.public_id AND asked.person = u.public_id
LEFT JOIN messaging_manners manners ON manners.clinician_id = k.id
"""
# Nothing while all are as they were: whoever looks often has nothing to read then.
# OFFSET 0: each is looked up by her key.
CHANGED = f"""
SELECT asked.person
FROM unnest(%s::text[], %s::boolean[]) AS asked (person, shows_presence)
LEFT JOIN LATERAL (
    SELECT k.id, manners.shows_presence IS NOT FALSE AS shows_presence
    FROM accounts_user u
    JOIN clinicians_clinician k ON k.user_id = u.id
    LEFT JOIN messaging_manners manners ON manners.clinician_id = k.id
    WHERE u.public_id = asked.person::uuid AND {FIT}
    OFFSET 0
) found ON TRUE
WHERE found.id IS NULL OR found.shows_presence <> asked.shows_presence
"""  # noqa: S608 nothing in it comes from outside
STRETCHES = f"""
SELECT {ENTRY}
JOIN unnest(%s::uuid[], %s::bigint[], %s::bigint[]) AS asked (conversation, since, upto)
ON asked.conversation = c.public_id AND e.seq > asked.since AND e.seq <= asked.upto
ORDER BY e.conversation_id, e.seq
"""
PEOPLE = """
SELECT DISTINCT u.public_id
FROM messaging_conversation c
JOIN messaging_membership m ON m.conversation_id = c.id AND m.left_at IS NULL
JOIN clinicians_clinician k ON k.id = m.clinician_id
JOIN accounts_user u ON u.id = k.user_id
WHERE c.public_id = ANY (%s::uuid[])
"""


class Whose(NamedTuple):
    """Somebody and a conversation. `person` as in a submission."""

    conversation: UUID
    person: UUID


class Head(NamedTuple):
    """One member, and how the conversation stands at that moment: `is_open` as the
    log decides whether she may write.
    """

    epoch: UUID
    last_seq: int
    access_version: int
    shows_presence: bool
    is_open: bool
    clinician: UUID
    from_seq: int


class Known(NamedTuple):
    """Somebody as she was when she was looked at last; her user's public id."""

    person: str
    shows_presence: bool


class Stretch(NamedTuple):
    """Of one log, what comes after `since` up to `upto`."""

    conversation: UUID
    since: int
    upto: int


def standings_of(asked: Iterable[Whose]) -> Question[dict[Whose, Head]]:
    """Of those who may read there."""
    pairs = list(asked)
    columns = (
        array(pair.conversation for pair in pairs),
        array(pair.person for pair in pairs),
    )
    return Question(STANDINGS, columns, _heads)


def _heads(rows: Sequence[Row]) -> dict[Whose, Head]:
    return {Whose(*row[:2]): Head(*row[2:]) for row in rows}


def changed_among(known: Iterable[Known]) -> Question[set[str]]:
    """Who may read nowhere any more, or has other manners: people."""
    columns = [array(column) for column in zip(*known, strict=True)]
    return Question(CHANGED, columns, _only)


def stretches_of(asked: Iterable[Stretch]) -> Question[Mapping[UUID, list[Entry]]]:
    """Of each conversation at most one, in its order."""
    stretches = list(asked)
    columns = (
        array(stretch.conversation for stretch in stretches),
        array(stretch.since for stretch in stretches),
        array(stretch.upto for stretch in stretches),
    )
    return Question(STRETCHES, columns, _by_conversation)


def _by_conversation(rows: Sequence[Row]) -> Mapping[UUID, list[Entry]]:
    found = defaultdict(list)
    for entry in entries(rows):
        found[entry.conversation].append(entry)
    return found


def people_in(conversations: Iterable[UUID]) -> Question[set[UUID]]:
    """Their users."""
    return Question(PEOPLE, [array(conversations)], _only)


def _only(rows: Sequence[Row]) -> set[Any]:
    return {value for (value,) in rows}
