"""What happens to the network's mode and to its data keys, in the past tense."""

from enum import StrEnum


class ModeEvent(StrEnum):
    SWITCHED = "mode.switched"


class KeyEvent(StrEnum):
    DESTROYED = "keys.destroyed"
