"""What happens to the network's mode, in the past tense."""

from enum import StrEnum


class ModeEvent(StrEnum):
    SWITCHED = "mode.switched"
