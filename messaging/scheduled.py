"""What waits for its hour, for its writer alone; and how it is sealed meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from messaging.bodies import Keys
from messaging.models import Conversation, ScheduledMessage
from network.clinicians.models import Clinician
from network.privacy.data_keys import DataKey, known_keys
from network.privacy.keys import Unreadable

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Waiting:
    """Nothing for its words when their key is gone."""

    row: ScheduledMessage
    text: str | None


def scheduled_by(
    clinician: Clinician, conversation: Conversation | None = None
) -> Sequence[Waiting]:
    """Hers, the soonest first: of all her conversations, or of this one."""
    rows = ScheduledMessage.objects.visible_to(clinician).soonest_first()
    if conversation is not None:
        rows = rows.filter(membership__conversation=conversation)
    return opened(list(rows))


def opened(rows: Sequence[ScheduledMessage]) -> list[Waiting]:
    keys = known_keys(row.key_id for row in rows)
    return [Waiting(row, _words(row, keys)) for row in rows]


def _words(row: ScheduledMessage, keys: Keys) -> str | None:
    """One that cannot be read hides none of the others."""
    key = keys.get(row.key_id)
    try:
        return open_scheduled(row, key) if key else None
    except Unreadable:
        log.error("scheduled_unreadable", row=row.pk)
        return None


def seal_scheduled(row: ScheduledMessage, text: str, key: DataKey) -> None:
    row.key_id, row.body = key.id, key.seal(text, _place(row))


def open_scheduled(row: ScheduledMessage, key: DataKey) -> str:
    return key.open(bytes(row.body), _place(row)).decode()


def _place(row: ScheduledMessage) -> str:
    return f"messaging.scheduled.body:{row.whose}"
