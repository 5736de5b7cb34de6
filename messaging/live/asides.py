"""What is said in a room and stands in no log: that somebody writes."""

from time import monotonic
from typing import Any
from uuid import UUID

from messaging.live.post import Post
from messaging.live.room import Room
from messaging.live.rooms import Rooms
from messaging.log.crowds import Head
from network.activity.live.protocol import frame

PAUSE = 3.0  # seconds between two times that somebody says so in one room
MOST = 10_000


class Asides:
    def __init__(self, rooms: Rooms, post: Post) -> None:
        self._rooms, self._post = rooms, post
        self._said: dict[tuple[str, UUID], float] = {}

    def may_say_so(self, person: str, conversation: UUID) -> bool:
        now = monotonic()
        if self._said.get((person, conversation), -PAUSE) > now - PAUSE:
            return False
        if len(self._said) >= MOST:
            self._said = {who: at for who, at in self._said.items() if at > now - PAUSE}
        self._said[person, conversation] = now
        return True

    def spoke(self, person: str, conversation: UUID) -> None:
        """What she wrote is said: what she writes next is news again."""
        self._said.pop((person, conversation), None)

    def say_typing(self, conversation: UUID, head: Head) -> None:
        """Whoever does not show that she is here does not show this either, nor who
        may not write.
        """
        if not (head.shows_presence and head.is_open):
            return
        writer = str(head.clinician)
        self._post.to_room(str(conversation), f'{{"typing":"{writer}"}}')
        if room := self._rooms.find(conversation):
            self.hear_typing(room, writer)

    def hear_typing(self, room: Room, writer: Any) -> None:
        clinician = UUID(writer)
        said = frame("typing", conversation=room.name, person=str(clinician))
        for seat in list(room.seats.values()):
            if seat.clinician != clinician and seat.shows_presence:
                seat.socket.tell_ephemeral(said)
