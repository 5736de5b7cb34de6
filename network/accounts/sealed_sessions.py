"""What a session holds, such as a secret that is being set up, is sealed in its row."""

from typing import Any

from django.contrib.sessions.backends import db

from network.privacy.keys import Unreadable, ring


def place_of(session_key: str | None) -> str:
    """Nobody gets into another session by its words: they are bound to its id."""
    return f"sessions.session.session_data:{session_key}"


class SessionStore(db.SessionStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        held = self.serializer().dumps(session_dict).decode()
        return ring().seal(held, place_of(self.session_key))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Empty, and so nobody's, when it is another's or its key is gone."""
        try:
            opened = ring().open(str(session_data), place_of(self.session_key))
        except Unreadable:
            return {}
        held: dict[str, Any] = self.serializer().loads(opened.encode())
        return held
