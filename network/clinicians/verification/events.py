"""What becomes of what somebody claims; the subject is always the person."""

from enum import StrEnum


class ClaimEvent(StrEnum):
    PRIVILEGE_VERIFIED = "claim.privilege_verified"
    QUESTIONED = "claim.questioned"
    REJECTED = "claim.rejected"
    HELD = "claim.held"
    REOPENED = "claim.reopened"
    ANSWERED = "claim.answered"
    APPEALED = "claim.appealed"
    EXPIRING = "claim.expiring"
    EXPIRED = "claim.expired"


class EvidenceEvent(StrEnum):
    ATTACHED = "evidence.attached"
    OPENED = "evidence.opened"
    REMOVED = "evidence.removed"
    DISCARDED = "evidence.discarded"


class FileEvent(StrEnum):
    """The staff's file of a person."""

    TAKEN = "file.taken"
    RELEASED = "file.released"
