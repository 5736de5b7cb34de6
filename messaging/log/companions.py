"""Who may see of whom that she is here: the members of open, not too large rooms.

Whoever does not wish to be seen is here for nobody; that she has gone may be told.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from messaging.log.questions import Question, Row, array
from messaging.log.statements import OPEN

CROWD = 50  # members, above which nobody's presence is told
ROOMS = 100  # a person, the most recent, in which it is
SMALL = """%s::integer >= (
    SELECT count(*) FROM messaging_membership m
    WHERE m.conversation_id = c.id AND m.left_at IS NULL
)"""
MEMBERS = f"""
FROM clinicians_clinician k
LEFT JOIN messaging_manners manners ON manners.clinician_id = k.id
JOIN messaging_membership m ON m.clinician_id = k.id AND m.left_at IS NULL
JOIN messaging_conversation c ON c.id = m.conversation_id AND {OPEN} AND {SMALL}
"""
SHOWN = "manners.shows_presence IS NOT FALSE"
COMPANIONS = f"""
SELECT c.public_id, k.public_id {MEMBERS}
WHERE c.public_id = ANY (%s::uuid[]) AND {SHOWN}
"""
PLACES = f"""
SELECT c.public_id, k.public_id {MEMBERS}
WHERE k.public_id = ANY (%s::uuid[]) AND ({SHOWN} OR NOT %s::boolean)
ORDER BY c.last_message_at DESC NULLS LAST
LIMIT %s::integer
"""
Pair = tuple[UUID, UUID]  # a conversation and a clinician


def companions_of(conversations: Iterable[UUID]) -> Question[list[Pair]]:
    return Question(COMPANIONS, [CROWD, array(conversations)], _pairs)


def places_of(clinicians: Iterable[UUID], *, is_here: bool) -> Question[list[Pair]]:
    """Where it is told that they are here, or gone."""
    people = list(clinicians)
    parameters = [CROWD, array(people), is_here, ROOMS * len(people)]
    return Question(PLACES, parameters, _pairs)


def _pairs(rows: Sequence[Row]) -> list[Pair]:
    return [(conversation, clinician) for conversation, clinician in rows]
