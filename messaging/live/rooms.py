"""The rooms of a process: everything is forwarded once and in order, or not at all.

What is heard may be lost, doubled or out of order; the log is not. So a room goes
from seq to seq: what is next is forwarded, what comes early is held until the gap is
fetched, what was there before is dropped.
"""

import asyncio
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

import structlog

from messaging import wire
from messaging.live.counters import Counters
from messaging.live.pool import UNAVAILABLE, AwayError, Database
from messaging.live.post import Post
from messaging.live.room import Frame, Room, Seat
from messaging.live.scribe import Scribe
from messaging.log import Entry, read_entries
from network.activity.live.hub import Hub
from network.activity.live.protocol import Close
from network.activity.live.socket import Socket

GRACE = 0.02  # seconds in which a gap usually closes by itself
# Characters that a room is told in that time; what is more waits, and nobody who reads
# is cut for it.
AT_ONCE = 64 * 1024
PAGE = 200
LEAVING = frozenset({"left", "removed"})
ABOUT_MEMBERS = LEAVING | {"joined"}
ERASING = frozenset({"recall", "expired", "swept"})
log = structlog.get_logger(__name__)


class Rooms:
    def __init__(
        self, hub: Hub, database: Database, post: Post, counters: Counters
    ) -> None:
        self.scribe = Scribe(database)
        # What is said in a room and stands in no log, for whoever knows it.
        self.on_aside: Callable[[Room, dict[str, Any]], None] = lambda room, said: None
        self.on_changed: Callable[[Room], None] = lambda room: None
        self._hub, self._database, self._post = hub, database, post
        self._counters = counters
        self._rooms: dict[str, Room] = {}
        hub.on_room, hub.on_left = self.hear, self._left

    @property
    def open_ones(self) -> Collection[Room]:
        return [room for room in self._rooms.values() if room.is_open]

    def at(self, conversation: UUID) -> Room:
        name = str(conversation)
        if name not in self._rooms:
            self._rooms[name] = Room(conversation)
        return self._rooms[name]

    def find(self, conversation: UUID) -> Room | None:
        return self._rooms.get(str(conversation))

    def seats_of(self, socket: Socket) -> Sequence[tuple[Room, Seat]]:
        """In every room that she is in by this line."""
        rooms = [room for name in socket.rooms if (room := self._rooms.get(name))]
        return [(room, room.seats[socket]) for room in rooms if socket in room.seats]

    def keep(self, kept: list[Entry]) -> None:
        """What stands in the log: to those who are here, and to others. What was there
        before they drop.
        """
        in_order = sorted(kept, key=attrgetter("seq"))
        for conversation, entries in _by_conversation(in_order).items():
            if room := self.find(conversation):
                self._take(room, entries)
            self._post.to_room(str(conversation), wire.said_of(entries))

    def hear(self, name: str, said: str) -> None:
        """Of another process, or of this one's pages."""
        room = self._rooms.get(name)
        if room is None or self._post.is_own(said):
            return
        try:
            self._understand(room, json.loads(said))
        except (AttributeError, KeyError, TypeError, ValueError) as failure:
            log.warning("room_not_understood", kind=type(failure).__name__)

    def _understand(self, room: Room, said: dict[str, Any]) -> None:
        if "e" in said:
            unparcel = wire.unparcel
            self._take(room, [unparcel(room.conversation, it) for it in said["e"]])
        elif "upto" in said:
            self.promise(room, int(said["upto"]))
        elif "changed" in said:
            self.on_changed(room)
        else:
            self.on_aside(room, said)

    def promise(self, room: Room, seq: int) -> None:
        """The log is known to go so far."""
        room.promised = max(room.promised, seq)
        if room.is_open and room.last < seq:
            self._mend(room)

    async def reach(self, room: Room, seq: int) -> None:
        """Somebody has been told more elsewhere than was heard here."""
        self.promise(room, seq)
        if room.mending is not None:
            await asyncio.shield(room.mending)
        if room.last < seq:
            raise AwayError("the log could not be read so far")

    def _take(self, room: Room, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if room.is_open and entry.seq < room.next_seq:
                self._counters.dropped += 1
            else:
                room.hold(entry)
        if room.is_open:
            self.advance(room)

    def advance(self, room: Room) -> None:
        self._forward_held(room)
        if room.held:
            self._counters.held += 1
            self._mend(room)

    def _forward_held(self, room: Room) -> bool:
        """What is ready goes to each line in one piece, but never too much at once:
        whether more is ready.
        """
        ready: list[Frame] = []
        while entry := self._next(room):
            if room.told_within(GRACE) > AT_ONCE:
                break
            del room.held[entry.seq]
            if entry.kind in ABOUT_MEMBERS:
                # Those who leave are told what was said before.
                self._tell(room, ready)
                ready = []
            if (frame := self._frame_of(room, entry)) is None:
                break
            ready.append(frame)
        self._tell(room, ready)
        return entry is not None

    def _next(self, room: Room) -> Entry | None:
        entry = room.held.get(room.next_seq)
        return entry if entry and not self.scribe.lacks(entry) else None

    async def _forward_ready(self, room: Room) -> None:
        while self._forward_held(room):
            await asyncio.sleep(GRACE)

    def _frame_of(self, room: Room, entry: Entry) -> Frame | None:
        """Whoever is removed is out before it is forwarded, and hears nothing of it."""
        if entry.epoch != room.epoch:
            self.close(room, Close.RESTART)
            return None
        if entry.kind in ABOUT_MEMBERS:
            room.changed_at = entry.seq
        if entry.kind in LEAVING:
            self.remove(room, UUID(entry.detail))
        if entry.kind in ERASING:
            room.forget_tail()
        frame = self.scribe.frame_of(entry)
        room.next_seq += 1
        room.told += len(frame.text)
        room.remember(frame)
        self._counters.forwarded += 1
        return frame

    def _tell(self, room: Room, frames: Sequence[Frame]) -> None:
        """The same to all, as far as it may be: then it is written only once."""
        if not frames:
            return
        same = tuple(frame.text for frame in frames)
        is_same = not any(frame.target for frame in frames)
        for seat in list(room.seats.values()):
            if seat.position is None:
                seat.socket.tell_all(same if is_same else seat.texts_of(frames))

    def remove(self, room: Room, clinician: UUID) -> None:
        out = [seat for seat in room.seats.values() if seat.clinician == clinician]
        self._counters.removed += len(out)
        for person in {seat.socket.holder.person for seat in out}:
            self._hub.remove(person, room.name)

    def close(self, room: Room, code: Close) -> None:
        """Whoever comes back begins anew."""
        for socket in list(room.seats):
            socket.close(code)

    def _left(self, socket: Socket, name: str) -> None:
        if room := self._rooms.get(name):
            room.seats.pop(socket, None)
            if self._hub.is_empty(name):
                del self._rooms[name]

    # What lacks

    def _mend(self, room: Room) -> None:
        """One at a time for a room."""
        if room.mending is None or room.mending.done():
            room.mending = asyncio.create_task(self._fetch(room))

    async def _fetch(self, room: Room) -> None:
        """First the keys and names of what is held, and then the gap before it."""
        try:
            await self.scribe.learn(list(room.held.values()))
            await self._forward_ready(room)
            if room.held:
                await asyncio.sleep(GRACE)
            while self._has_gap(room) and await self.fetch_next(room):
                await self._forward_ready(room)
        except UNAVAILABLE as failure:
            log.warning("gap_not_fetched", kind=type(failure).__name__)

    def _has_gap(self, room: Room) -> bool:
        known = max([room.promised, *room.held])
        return self.find(room.conversation) is room and room.last < known

    async def fetch_next(self, room: Room) -> bool:
        """A page of what follows; whether there was any."""
        self._counters.gap_fetches += 1
        entries = await self._database.ask(
            read_entries(room.conversation, room.last, PAGE)
        )
        await self.scribe.learn(entries)
        if not entries:
            room.promised = room.last
        elif entries[0].seq > room.next_seq:
            # The log is the truth: there is nothing in between.
            room.next_seq = entries[0].seq
        self._take(room, entries)
        return bool(entries)


def _by_conversation(entries: Iterable[Entry]) -> dict[UUID, list[Entry]]:
    found: dict[UUID, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.conversation, []).append(entry)
    return found


def others(room: Room, clinician: UUID) -> list[Seat]:
    return [seat for seat in room.seats.values() if seat.clinician != clinician]
