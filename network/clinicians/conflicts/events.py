"""What happens to a register of conflicts, in the past tense; no name is in it."""

from enum import StrEnum


class ConflictEvent(StrEnum):
    KEPT = "conflict.kept"
    REMOVED = "conflict.removed"
    OVERLAPPED = "conflict.overlapped"
