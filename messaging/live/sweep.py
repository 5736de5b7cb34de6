"""Looks every second how far the logs go, and who may read them.

Valkey carries word of both at once; this finds what it lost, and is all there is
while it is away.
"""

import asyncio
from collections.abc import Awaitable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from time import monotonic
from typing import TypeVar
from uuid import UUID

import structlog

from messaging.live.counters import Counters
from messaging.live.pool import UNAVAILABLE, Database
from messaging.live.room import Room, Seat
from messaging.live.rooms import Rooms
from messaging.log import sweep_rooms
from messaging.log.crowds import Known, Whose, changed_among, standings_of
from network.activity.live.hub import Hub
from network.activity.live.protocol import Close
from network.activity.live.socket import Socket

EVERY = 1.0
PARTS = 3  # of all people: in each round those of one are looked at
# Sockets, or seats; on a round others have their turn in between.
AT_ONCE, REST = 50, 0.01
T = TypeVar("T")
Head = tuple[int, int]  # the newest seq, and the version of who may read
log = structlog.get_logger(__name__)


class Sweep:
    def __init__(
        self, hub: Hub, rooms: Rooms, database: Database, counters: Counters
    ) -> None:
        self._hub, self._rooms = hub, rooms
        self._database, self._counters = database, counters
        self._call = asyncio.Event()
        self._doubted: set[Room] = set()
        self._doubtful: set[str] = set()
        self._has_returned = False
        # Of two answers the older might come last, and look like an older log.
        self._looking = asyncio.Lock()
        hub.on_return = self._return
        hub.on_doubt = self.doubt_person
        rooms.on_changed = self.doubt

    def doubt_person(self, person: str) -> None:
        """She may be suspended, or gone: no entry of any log says so."""
        self._doubtful.add(person)
        self._call.set()

    def doubt(self, room: Room) -> None:
        """Who belongs there has changed: look, now."""
        self._doubted.add(room)
        self._call.set()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as both:
            both.create_task(self._rounds())
            both.create_task(self._calls())

    async def _rounds(self) -> None:
        for number in count(1):
            began = monotonic()
            self._forget()
            await self._try(self._look_alone())
            await self._try(self._go_round(number % PARTS))
            await asyncio.sleep(began + EVERY - monotonic())

    async def _calls(self) -> None:
        while True:
            await self._call.wait()
            self._call.clear()
            doubted, self._doubted = self._doubted, set()
            people, self._doubtful = self._doubtful, set()
            lines = [socket for person in people for socket in self._hub.of(person)]
            await self._try(self._look_at_members(doubted))
            await self._try(self._ask_after(lines))
            if self._has_returned:
                self._has_returned = False
                await self._try(self._look_alone())
                await self._try(self._look_at_members(self._rooms.open_ones))

    async def _try(self, looking: Awaitable[None]) -> None:
        try:
            await looking
        except UNAVAILABLE as failure:
            log.warning("sweep_is_blind", kind=type(failure).__name__)

    async def _look_alone(self) -> None:
        async with self._looking:
            await self._look()

    async def _look(self) -> None:
        """A version counts as seen when its members were looked at, and not before."""
        rooms = self._rooms.open_ones
        found = await self._heads(rooms)
        changed = [room for room in rooms if self._compare(room, found)]
        await self._look_at_members(changed)
        for room in changed:
            _, room.version = found[room.conversation]

    async def _go_round(self, part: int) -> None:
        """After what no version of a room tells: that somebody is suspended, say."""
        due = [it for it in self._hub.sockets if hash(it.holder.person) % PARTS == part]
        for some in _portions(due):
            await self._ask_after(some)
            await asyncio.sleep(REST)

    async def _ask_after(self, sockets: Iterable[Socket]) -> None:
        seats = [pair for socket in sockets for pair in self._rooms.seats_of(socket)]
        known = {_known(seat) for _, seat in seats}
        changed = await self._database.ask(changed_among(known)) if known else ()
        doubtful = [it for it in seats if _known(it[1]).person in changed]
        for some in _portions(doubtful):
            await self._judge(some)

    async def _heads(self, rooms: Iterable[Room]) -> dict[UUID, Head]:
        ids = [room.conversation for room in rooms]
        return await self._database.ask(sweep_rooms(ids)) if ids else {}

    def _compare(self, room: Room, found: Mapping[UUID, Head]) -> bool:
        """Whether there is a new version of who may read. What was in the log a second
        ago and has not come since is lost on its way.
        """
        if room.conversation not in found:
            self._rooms.close(room, Close.REMOVED)
            return False
        last_seq, version = found[room.conversation]
        if last_seq < room.swept:  # an older log was restored
            self._rooms.close(room, Close.RESTART)
        is_away = self._hub.subscription.is_away
        if room.last < (last_seq if is_away else room.swept):
            self._counters.sweep_repairs += 1
            self._rooms.promise(room, last_seq)
        room.swept = last_seq
        return version != room.version

    async def _look_at_members(self, rooms: Iterable[Room]) -> None:
        seats = [(room, seat) for room in rooms for seat in room.seats.values()]
        for some in _portions(seats):
            await self._judge(some)

    async def _judge(self, seats: Sequence[tuple[Room, Seat]]) -> None:
        asked = {whose(room, seat) for room, seat in seats}
        members = await self._database.ask(standings_of(asked))
        for room, seat in seats:
            if room.seats.get(seat.socket) is not seat:
                continue
            if head := members.get(whose(room, seat)):
                seat.shows_presence = head.shows_presence
            else:
                self._rooms.remove(room, seat.clinician)

    def _forget(self) -> None:
        for room in self._rooms.open_ones:
            if room.is_stale:
                room.forget_tail()

    def _return(self) -> None:
        """Valkey is back: nobody knows what was missed."""
        self._has_returned = True
        self._call.set()


def _portions(many: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(many), AT_ONCE):
        yield many[start : start + AT_ONCE]


def _known(seat: Seat) -> Known:
    return Known(seat.socket.holder.person, seat.shows_presence)


def whose(room: Room, seat: Seat) -> Whose:
    return Whose(room.conversation, UUID(seat.socket.holder.person))
