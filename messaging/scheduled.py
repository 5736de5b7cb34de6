"""What waits for its hour, for its writer alone; and how it is sealed meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from messaging.bodies import Keys
from messaging.log import Refusal
from messaging.models import Conversation, ScheduledMessage
from messaging.moments import when
from messaging.thread.words import WHY_LATER
from network.clinicians.models import Clinician
from network.privacy.data_keys import DataKey, known_keys
from network.privacy.keys import Unreadable

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Waiting:
    """Nothing for its words when their key is gone."""

    row: ScheduledMessage
    text: str | None

    @property
    def why(self) -> str:
        """It was not sent."""
        return WHY_LATER[Refusal(self.row.refused)] if self.row.refused else ""


def said_of(all_of_them: Sequence[Waiting]) -> str:
    """In a sentence: how many there are, and when the next one is sent."""
    refused = sum(bool(one.why) for one in all_of_them)
    waiting = [one.row.due_at for one in all_of_them if not one.why]
    said = [f"{_count(refused)} could not be sent"] if refused else []
    if waiting:
        next_one = ", the next" if len(waiting) > 1 else ""
        said.append(f"{_count(len(waiting))} will be sent{next_one} {when(waiting[0])}")
    return "; ".join(said)


def _count(number: int) -> str:
    return f"{number} message{'s' if number > 1 else ''}"


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
