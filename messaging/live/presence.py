"""Who has a conversation open, as far as they and those who see it wish.

Told when it begins and ends, and only once it has lasted; never a row, and nothing in
a crowd. What Valkey loses is found when the rooms are looked through again.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count
from typing import Any
from uuid import UUID

import structlog

from messaging.live.pool import UNAVAILABLE, Database
from messaging.live.post import GONE, Post
from messaging.live.room import Room, Seat
from messaging.live.rooms import Rooms
from messaging.live.roster import Roster
from messaging.log.companions import companions_of, places_of
from network.activity.live.protocol import frame
from network.activity.live.together import Together

EVERY = 2.0  # seconds that it lasts before it is told
REFRESHED = 8  # rounds
# Places, each told to a room, and then a rest: a message takes many turns of the loop,
# and between two of them stands no more than this.
AT_ONCE, REST = 10, 0.01
FAILURES = (*GONE, *UNAVAILABLE)
log = structlog.get_logger(__name__)


class Presence:
    def __init__(self, rooms: Rooms, database: Database, post: Post) -> None:
        self._rooms, self._database, self._post = rooms, database, post
        self._roster = Roster(post.valkey)
        self._told: set[UUID] = set()  # of whom Valkey knows that they are here
        self._before: set[UUID] = set()  # who was here in the round before
        self._look = Together(self._present_in)

    async def run(self) -> None:
        for number in count(1):
            await asyncio.sleep(EVERY)
            try:
                await self._tell_edges()
                if number % REFRESHED == 0:
                    await self._refresh()
            except FAILURES as failure:
                log.warning("presence_unknown", kind=type(failure).__name__)

    async def finish(self) -> None:
        """Whoever was here comes back elsewhere: nobody is told that she had gone."""
        try:
            await self._roster.leave(self._told)
        except FAILURES as failure:
            log.warning("presence_unknown", kind=type(failure).__name__)

    async def greet(self, room: Room, seat: Seat) -> None:
        """Tell her who else is here."""
        if not seat.shows_presence:
            return
        try:
            if room.present is None:
                room.present = set(await self._look(room.conversation) or ())
        except FAILURES as failure:
            log.warning("presence_unknown", kind=type(failure).__name__)
        for clinician in (room.present or set()) - {seat.clinician}:
            seat.socket.tell_ephemeral(_said(clinician, is_here=True))

    def hear(self, room: Room, said: Mapping[str, Any]) -> None:
        self._note(room, UUID(said["presence"]), said["here"] is True)

    def _note(self, room: Room, clinician: UUID, is_here: bool) -> None:
        if room.present is None or (clinician in room.present) == is_here:
            return
        room.present ^= {clinician}
        said = _said(clinician, is_here=is_here)
        for seat in list(room.seats.values()):
            if seat.shows_presence and seat.clinician != clinician:
                seat.socket.tell_ephemeral(said)

    async def _tell_edges(self) -> None:
        seats = [it for room in self._rooms.open_ones for it in room.seats.values()]
        now = {seat.clinician for seat in seats if seat.shows_presence}
        hidden = {seat.clinician for seat in seats if not seat.shows_presence}
        came = (now & self._before) - self._told
        # Who has left may come back at once; who hides has said that she does.
        gone = self._told - now - (self._before - hidden)
        self._before = now
        self._told = (self._told | came) - gone
        await self._tell(await self._roster.enter(came), is_here=True)
        await self._tell(await self._roster.leave(gone), is_here=False)

    async def _tell(self, people: Collection[UUID], is_here: bool) -> None:
        if not people:
            return
        here = "true" if is_here else "false"
        places = await self._database.ask(places_of(people, is_here=is_here))
        for number, (conversation, clinician) in enumerate(places, 1):
            said = f'{{"presence":"{clinician}","here":{here}}}'
            self._post.to_room(str(conversation), said)
            if room := self._rooms.find(conversation):
                self._note(room, clinician, is_here)
            if number % AT_ONCE == 0:
                await asyncio.sleep(REST)

    async def _refresh(self) -> None:
        await self._roster.enter(self._told)
        rooms = [room for room in self._rooms.open_ones if room.present is not None]
        found = await self._present_in([room.conversation for room in rooms])
        for room in rooms:
            present = found.get(room.conversation, set())
            for clinician in present ^ (room.present or set()):
                self._note(room, clinician, clinician in present)
            await asyncio.sleep(REST)

    async def _present_in(self, conversations: Sequence[UUID]) -> dict[UUID, set[UUID]]:
        pairs = await self._database.ask(companions_of(conversations))
        here = await self._roster.present({clinician for _, clinician in pairs})
        return _by_room(pair for pair in pairs if pair[1] in here)


def _by_room(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for conversation, clinician in pairs:
        found.setdefault(conversation, set()).add(clinician)
    return found


def _said(clinician: UUID, *, is_here: bool) -> str:
    return frame("presence", person=str(clinician), here=is_here)
