"""How a socket enters a room: it listens first, then reads what it missed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from messaging.live.counters import Counters
from messaging.live.pool import UNAVAILABLE, AwayError, Database
from messaging.live.room import TAIL, Frame, Room, Seat
from messaging.live.rooms import Rooms
from messaging.log import Entry, read_entries
from messaging.log.crowds import Head, Stretch, Whose, standings_of, stretches_of
from network.activity.live.hub import Hub
from network.activity.live.protocol import Close, frame
from network.activity.live.socket import Socket
from network.activity.live.together import Together

FAR = 2_000  # entries, after which one begins anew
NEWEST = 50  # entries of which one is told then
PAGE = 100
LOOKS = 5


@dataclass(frozen=True)
class Place:
    """Where a client says she is in a conversation; nowhere, if she does not."""

    epoch: UUID | None
    since: int | None


class Arrivals:
    def __init__(
        self, hub: Hub, rooms: Rooms, database: Database, counters: Counters
    ) -> None:
        self._hub, self._rooms = hub, rooms
        self._database, self._counters = database, counters
        # For whoever greets those who have come in.
        self.on_seated: Callable[[Room, Seat], Awaitable[None]] = _welcome
        self._heads = Together(lambda asked: database.ask(standings_of(asked)))
        self._stretches = Together(self._ask_stretches)

    async def head_of(self, socket: Socket, conversation: UUID) -> Head | None:
        """Nothing when she is no member: what is not hers is not there."""
        return await self._heads(Whose(conversation, UUID(socket.holder.person)))

    async def enter(self, socket: Socket, conversation: UUID, place: Place) -> bool:
        """Whether it is hers. When it returns she was told all that was missed, and
        hears all that follows.
        """
        name = str(conversation)
        self._hub.leave(socket, name)
        await self._hub.join(socket, name)
        if name not in socket.rooms:
            return True
        room = self._rooms.at(conversation)
        head = await self._admit(socket, room)
        if name not in socket.rooms:
            return True
        if head is None:
            self._hub.leave(socket, name)
            return False
        await self._seat(socket, room, head, place)
        return True

    async def _admit(self, socket: Socket, room: Room) -> Head | None:
        """What the database says of her, as of after the last change that was heard."""
        for _ in range(LOOKS):
            head = await self.head_of(socket, room.conversation)
            if head is None:
                return None
            if not room.is_open:
                room.open_at(head.epoch, head.last_seq, head.access_version)
                self._rooms.advance(room)
            is_fresh = head.access_version >= room.version
            if is_fresh and head.last_seq >= room.changed_at:
                return head
        raise AwayError("who belongs here changes faster than it can be read")

    async def _seat(self, socket: Socket, room: Room, head: Head, place: Place) -> None:
        if head.epoch != room.epoch:
            socket.close(Close.RESTART)
            return
        since = self._since(socket, room, head, place)
        seat = Seat(socket, head.clinician, head.from_seq, since)
        seat.shows_presence = head.shows_presence
        room.seats[socket] = seat
        self._counters.subscribed += 1
        await self._catch_up(room, seat)
        if _is_in(seat, room):
            await self.on_seated(room, seat)
            with suppress(*UNAVAILABLE):
                await self._rooms.scribe.meet([head.clinician])

    def _since(self, socket: Socket, room: Room, head: Head, place: Place) -> int:
        first, last = head.from_seq, head.last_seq
        since = max(place.since or 0, first)
        is_known = place.since is not None and place.epoch == head.epoch
        if is_known and last - FAR <= since <= last:
            return since
        self._counters.resets += 1
        since = max(first, last - NEWEST)
        said = {"conversation": room.name, "epoch": str(head.epoch), "first": since + 1}
        socket.tell(frame("reset", **said))
        return since

    async def _catch_up(self, room: Room, seat: Seat) -> None:
        while (position := seat.position) is not None and _is_in(seat, room):
            if position == room.last:
                seat.position = None
                said = {"conversation": room.name, "epoch": str(room.epoch)}
                seat.socket.tell(frame("synced", **said, seq=position))
            elif position > room.last:
                await self._rooms.reach(room, position)
            else:
                await self._tell_more(room, seat, position)

    async def _tell_more(self, room: Room, seat: Seat, position: int) -> None:
        """No more than the line takes: whoever is slow to read holds up herself. And
        nothing of which the room has not heard: it might be about her removal.
        """
        last = room.last
        frames = await self._after(room, position)
        if not _is_in(seat, room):
            return
        await seat.socket.tell_at_pace(seat.texts_of(frames))
        seat.position = frames[-1].seq if frames else last
        await asyncio.sleep(0)

    async def _after(self, room: Room, position: int) -> Sequence[Frame]:
        if room.is_stale:
            room.forget_tail()
        if position + 1 < room.tail_from and room.last - position <= TAIL:
            await self._load_tail(room)
        if position + 1 >= room.tail_from:
            return room.after(position, PAGE)
        last, question = room.last, read_entries(room.conversation, position, PAGE)
        entries = await self._database.ask(question)
        return await self._written([it for it in entries if it.seq <= last])

    async def _load_tail(self, room: Room) -> None:
        """Once, for however many come back together."""
        if room.loading is None or room.loading.done():
            room.loading = asyncio.create_task(self._load(room))
        await asyncio.shield(room.loading)

    async def _load(self, room: Room) -> None:
        self._counters.tail_fetches += 1
        forgotten, upto = room.forgotten, room.tail_from - 1
        stretch = Stretch(room.conversation, max(0, room.last - TAIL), upto)
        frames = await self._written(await self._stretches(stretch) or [])
        if room.forgotten == forgotten:
            room.prepend(frames)

    async def _written(self, entries: Sequence[Entry]) -> list[Frame]:
        await self._rooms.scribe.learn(entries)
        return [self._rooms.scribe.frame_of(entry) for entry in entries]

    async def _ask_stretches(
        self, asked: Sequence[Stretch]
    ) -> dict[Stretch, list[Entry]]:
        found = await self._database.ask(stretches_of(asked))
        return {stretch: _of(stretch, found) for stretch in asked}


def _of(stretch: Stretch, found: Mapping[UUID, list[Entry]]) -> list[Entry]:
    entries = {it.seq: it for it in found.get(stretch.conversation, [])}
    within = range(stretch.since + 1, stretch.upto + 1)
    return [entries[seq] for seq in sorted(entries) if seq in within]


async def _welcome(room: Room, seat: Seat) -> None:
    pass


def _is_in(seat: Seat, room: Room) -> bool:
    return room.seats.get(seat.socket) is seat
