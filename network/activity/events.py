"""What happens to the trail as a whole, in the past tense."""

from enum import StrEnum


class TrailEvent(StrEnum):
    ANCHORED = "trail.anchored"
    EXPORTED = "trail.exported"


class PreferencesEvent(StrEnum):
    CHANGED = "preferences.changed"
