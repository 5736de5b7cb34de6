"""What a page says once, after a step, may name a colleague or a handle: until it is
shown it waits in a cookie of the browser, sealed.
"""

from typing import Any

from django.contrib.messages.storage.cookie import (
    CookieStorage,
    MessagePartGatherSerializer,
    MessageSerializer,
)
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from network.privacy.keys import Unreadable, ring

PLACE = "cookie.messages"


class SealedCookieStorage(CookieStorage):
    def _encode_parts(
        self, messages: list[str], encode_empty: bool = False
    ) -> str | None:
        if not (messages or encode_empty):
            return None
        return ring().seal(
            MessagePartGatherSerializer().dumps(messages).decode(), PLACE
        )

    def _decode(self, data: str | None) -> list[Any] | None:
        """Nothing where it is somebody's own making."""
        try:
            opened = ring().open(data or "", PLACE)
        except Unreadable:
            return None
        held: list[Any] = MessageSerializer().loads(opened.encode())
        return held


class Storage(FallbackStorage):
    """What is too much for a cookie waits in the session, sealed as well."""

    storage_classes = (SealedCookieStorage, SessionStorage)
