"""Whether this network may hold who its clients are."""

from network.privacy.mode import current_mode
from network.privacy.models import Mode


def identity_is_on() -> bool:
    """Staff have switched it on, with the agreements recorded."""
    return current_mode() is Mode.IDENTITY
