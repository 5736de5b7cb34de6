"""For holdings that data keys have sealed."""

from collections.abc import Iterable
from uuid import UUID

from network.privacy.data_keys import DataKey, known_keys
from network.privacy.keys import Unreadable


def keys_that_open(ids: Iterable[UUID]) -> dict[UUID, DataKey]:
    """Those that still exist; one that cannot be unwrapped keeps no other away."""
    wanted = set(ids)
    try:
        return known_keys(wanted)
    except Unreadable:
        found = [_opened(key) for key in wanted]
        return {key.id: key for key in found if key}


def _opened(key: UUID) -> DataKey | None:
    try:
        return known_keys([key]).get(key)
    except Unreadable:
        return None
