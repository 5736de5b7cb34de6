"""What a client may say about conversations, and what is done about it.

Each frame is judged by the database: those that add to the log by the statement that
adds them, the others by a look at who belongs there.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from time import monotonic
from typing import NamedTuple
from uuid import UUID

from psycopg.errors import LockNotAvailable

from messaging import bodies
from messaging.live.arrivals import Arrivals
from messaging.live.asides import Asides
from messaging.live.demands import Demand, Refusal
from messaging.live.guards import Guards, Turn
from messaging.live.nudges import Nudges
from messaging.live.pool import UNAVAILABLE, Database
from messaging.live.rooms import Rooms
from messaging.live.writer import Writer
from messaging.log import (
    Kept,
    Outcome,
    Reading,
    Refused,
    Submission,
    Unguarded,
    mark_read,
)
from messaging.log.crowds import Head
from network.activity.live.protocol import FaultyFrameError, error, frame
from network.activity.live.socket import Socket
from network.activity.live.together import Together
from network.privacy.data_keys import DataKey

PATIENCE = 4.0  # seconds in which places are moved one by one


class Wish(NamedTuple):
    """What somebody wants to add, and its words where it has any."""

    socket: Socket
    demand: Demand
    asked: Submission
    text: str | None


@dataclass
class Answers:
    database: Database
    rooms: Rooms
    arrivals: Arrivals
    writer: Writer
    nudges: Nudges
    asides: Asides

    def __post_init__(self) -> None:
        self._reader = Together(self._mark)
        self._guards = Guards()

    async def subscribe(self, socket: Socket, demand: Demand) -> None:
        place = demand.place
        if not await self.arrivals.enter(socket, demand.conversation, place):
            raise demand.fault(Refusal.NOT_FOUND)

    async def unsubscribe(self, socket: Socket, demand: Demand) -> None:
        socket.hub.leave(socket, str(demand.conversation))

    async def add(self, socket: Socket, demand: Demand) -> None:
        """Nobody waits for the disk: what follows on this socket is heard meanwhile.
        Where the guard looks, it waits for the place of what was said before it.
        """
        _require_writing(socket, demand)
        asked, text = demand.submission(socket.holder.person), demand.text
        reason = demand.guard_reason
        if text is not None:
            asked = bodies.sealed(asked, text, await self._key(socket, demand))
        if self._guards.are_at(asked.conversation):
            await self._guards.wait(socket, asked.conversation)
            if text is not None:
                asked = await self._guards.look(asked, text, reason)
        self._put(Wish(socket, demand, asked, text))

    def _put(self, wish: Wish) -> None:
        turn = None
        if wish.text is not None and wish.asked.guarded is None:
            turn = self._guards.line_up(wish.socket, wish.asked.conversation)
        if not self.writer.put(wish.asked, partial(self._settle, wish, turn)):
            self._end(turn)
            raise wish.demand.fault(Refusal.UNAVAILABLE)

    async def _look(self, wish: Wish, text: str, turn: Turn) -> None:
        """The log wants to know what the guard says of it: it is put once more."""
        demand = wish.demand
        try:
            await self._guards.come(turn)
            asked = await self._guards.look(wish.asked, text, demand.guard_reason)
            self._put(wish._replace(asked=asked))
        except UNAVAILABLE:
            wish.socket.tell(error(demand.fault(Refusal.UNAVAILABLE)))
        except FaultyFrameError as fault:
            wish.socket.tell(error(fault))
        finally:
            self._end(turn)

    def _end(self, turn: Turn | None) -> None:
        if turn is not None:
            self._guards.end(turn)

    async def read(self, socket: Socket, demand: Demand) -> None:
        _require_writing(socket, demand)
        person = UUID(socket.holder.person)
        reading = Reading(demand.conversation, person, demand.seq)
        has_moved = await self._reader(reading)
        if has_moved is None:
            raise demand.fault(Refusal.UNAVAILABLE)
        if not has_moved:
            await self._head(socket, demand)

    async def typing(self, socket: Socket, demand: Demand) -> None:
        _require_writing(socket, demand)
        if self.asides.may_say_so(socket.holder.person, demand.conversation):
            head = await self._head(socket, demand)
            self.asides.say_typing(demand.conversation, head)

    async def _head(self, socket: Socket, demand: Demand) -> Head:
        head = await self.arrivals.head_of(socket, demand.conversation)
        if head is None:
            raise demand.fault(Refusal.NOT_FOUND)
        return head

    async def _key(self, socket: Socket, demand: Demand) -> DataKey:
        """None is made for a conversation in which she has no place."""
        if held := bodies.key_at_hand(demand.conversation):
            return held
        await self._head(socket, demand)
        return await self.rooms.scribe.key_now(demand.conversation)

    def _settle(self, wish: Wish, turn: Turn | None, outcome: Outcome | None) -> None:
        socket, demand, asked, text = wish
        if turn and text is not None and isinstance(outcome, Unguarded):
            self._guards.soon(self._look(wish, text, turn))
            return
        self._end(turn)
        if code := self._refusal(text, outcome):
            socket.tell(error(demand.fault(code)))
        elif isinstance(outcome, Kept):
            socket.tell(_ack(outcome, wish))
            if outcome.is_new and text is not None:
                self.asides.spoke(socket.holder.person, asked.conversation)

    def _refusal(self, text: str | None, outcome: Outcome | None) -> StrEnum | None:
        if outcome is None:
            return Refusal.UNAVAILABLE
        if isinstance(outcome, Refused):
            return outcome.code
        if outcome.is_new or self.rooms.scribe.is_same(text, outcome.entry):
            return None
        return Refusal.CLIENT_ID_REUSED

    async def _mark(self, asked: Sequence[Reading]) -> Mapping[Reading, bool]:
        """One by one where a place among them is locked: the others are not held up by
        it for long, and it has no answer. No more is tried when that takes too long.
        """
        try:
            return await self._mark_these(asked)
        except LockNotAvailable:
            moved: dict[Reading, bool] = {}
        until = monotonic() + PATIENCE
        for reading in asked if len(asked) > 1 else ():
            if monotonic() < until:
                with suppress(LockNotAvailable):
                    moved |= await self._mark_these([reading])
        return moved

    async def _mark_these(self, asked: Sequence[Reading]) -> dict[Reading, bool]:
        places = await self.database.ask(mark_read(asked))
        self.nudges.to(place.person for place in places)
        moved = {(place.conversation, place.person) for place in places}
        return {it: (it.conversation, it.person) in moved for it in asked}


def _require_writing(socket: Socket, demand: Demand) -> None:
    if not socket.holder.may_write:
        raise demand.fault(Refusal.NOT_ALLOWED)


def _ack(kept: Kept, wish: Wish) -> str:
    """By the name under which it was said now."""
    asked, own_ref = wish.asked, wish.demand.own_ref
    about = {"client_id": str(asked.client_id), "conversation": str(asked.conversation)}
    ref = {} if own_ref is None else {"ref": own_ref}
    return frame("ack", **about, seq=kept.entry.seq, **ref)
