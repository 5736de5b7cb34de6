"""What is asked of the log, and what stands in it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Refusal(StrEnum):
    NOT_FOUND = "not_found"
    CLOSED = "closed"
    NO_SUCH_MESSAGE = "no_such_message"
    NOT_YOURS = "not_yours"
    GONE = "gone"
    UNKNOWN_TOPIC = "unknown_topic"
    CLIENT_ID_REUSED = "client_id_reused"
    NEEDS_REASON = "needs_reason"
    IDENTIFIES_SOMEBODY = "identifies_somebody"
    NO_SUCH_FILE = "no_such_file"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Submission:
    """What somebody wants to add, its body sealed. `person` is a user's public id, and
    by the `tokens` the body is found. `guarded` is what the guard found: nothing while
    nobody asked it.
    """

    conversation: UUID
    person: UUID
    kind: str
    client_id: UUID
    target: int | None = None
    key_id: UUID | None = None
    body: bytes | None = field(default=None, repr=False)
    reply_to: int | None = None
    topic: UUID | None = None
    detail: str = ""
    mentions: tuple[UUID, ...] = ()
    expires_in: int | None = None  # seconds
    tokens: tuple[int, ...] | None = field(default=None, repr=False)
    guarded: str | None = None  # "clean", "telling", or the reason to send it anyway
    files: tuple[UUID, ...] = ()
    confirm_in: int | None = None  # seconds


@dataclass(frozen=True)
class Entry:
    """One stored row. `sender` is a clinician's public id: nobody's once she is erased,
    or where the house itself wrote.
    """

    conversation: UUID
    epoch: UUID
    seq: int
    kind: str
    sender: UUID | None
    client_id: UUID | None
    target: int | None
    ordinal: int
    key_id: UUID | None
    body: bytes | None = field(repr=False)
    reply_to: int | None
    topic: UUID | None
    detail: str
    mentions: tuple[UUID, ...]
    at: datetime
    expires_at: datetime | None
    recalled: bool
    files: tuple[UUID, ...] = ()
    confirm_by: datetime | None = None
