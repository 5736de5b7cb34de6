"""What a session holds, such as a secret that is being set up, is sealed in its row."""

from typing import Any

from django.contrib.sessions.backends import db

from network.privacy.keys import Unreadable, ring

PLACE = "sessions.session.session_data"


class SessionStore(db.SessionStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        return ring().seal(self.serializer().dumps(session_dict).decode(), PLACE)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Empty, and so nobody's, when it was sealed by a key that is gone."""
        try:
            opened = ring().open(str(session_data), PLACE)
        except Unreadable:
            return {}
        held: dict[str, Any] = self.serializer().loads(opened.encode())
        return held
