"""Conversations in a web process: what the socket's server is given of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

from django.conf import settings

from messaging.live.answers import Answers
from messaging.live.arrivals import Arrivals
from messaging.live.asides import Asides
from messaging.live.counters import Counters
from messaging.live.demands import ADDING, Demand, Refusal
from messaging.live.nudges import Nudges
from messaging.live.pool import UNAVAILABLE, Database
from messaging.live.post import Post
from messaging.live.presence import Presence
from messaging.live.room import Room
from messaging.live.rooms import Rooms
from messaging.live.sweep import Sweep
from messaging.live.writer import Writer
from messaging.log import Entry, Outcome, Submission, append_async
from network.activity.live import chores
from network.activity.live.hub import Hub
from network.activity.live.protocol import Said
from network.activity.live.socket import Answer, Socket

FINISHING = 2.0  # seconds
OTHERS = ("subscribe", "unsubscribe", "read", "typing")
Saying = Callable[[Socket, Demand], Awaitable[None]]


class Chat:
    """One for each hub, for as long as that lives."""

    def __init__(self) -> None:
        self._processes: dict[Hub, Process] = {}

    @property
    def answers(self) -> Mapping[str, Answer]:
        names = {**dict.fromkeys(ADDING, "add"), **{kind: kind for kind in OTHERS}}
        return {kind: partial(self._answer, name) for kind, name in names.items()}

    @asynccontextmanager
    async def live(self, hub: Hub) -> AsyncIterator[None]:
        process = self._processes[hub] = Process(hub)
        async with process.running():
            yield
        del self._processes[hub]

    async def _answer(self, name: str, socket: Socket, said: Said) -> None:
        answer: Saying = getattr(self._processes[socket.hub].answers, name)
        demand = Demand(said)
        try:
            await answer(socket, demand)
        except UNAVAILABLE:
            raise demand.fault(Refusal.UNAVAILABLE) from None


class Process:
    def __init__(self, hub: Hub) -> None:
        self.counters = counters = Counters()
        self.database = database = Database()
        self.post = Post(settings.REDIS_URL, counters)
        self.nudges = Nudges(database, self.post, counters)
        self.rooms = Rooms(hub, database, self.post, counters)
        self.rooms.on_aside = self._hear_aside
        self.sweep = Sweep(hub, self.rooms, database, counters)
        self.writer = Writer(self._append, self._keep, counters)
        self.asides = Asides(self.rooms, self.post)
        self.presence = Presence(self.rooms, database, self.post)
        arrivals = Arrivals(hub, self.rooms, database, counters)
        arrivals.on_seated = self.presence.greet
        self.answers = Answers(
            database, self.rooms, arrivals, self.writer, self.nudges, self.asides
        )
        hub.on_stopping, hub.on_cut = self.writer.finish, counters.cut_one

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        await self.database.pool.open()
        parts = (
            *(self.post, self.nudges, self.sweep),
            *(self.presence, self.rooms.scribe, self.counters),
        )
        tasks = chores.begin(part.run() for part in parts)
        try:
            yield
        finally:
            await self._finish()
            await chores.end(tasks)
            await self.presence.finish()
            await self.post.close()
            await self.database.pool.close()
            self.counters.say()

    async def _finish(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISHING):
                await self.writer.finish()

    async def _append(self, asked: Sequence[Submission]) -> Sequence[Outcome]:
        return await self.database.run(lambda line: append_async(line, asked))

    def _keep(self, kept: list[Entry]) -> None:
        self.rooms.keep(kept)
        self.nudges.about(entry.conversation for entry in kept)

    def _hear_aside(self, room: Room, said: dict[str, Any]) -> None:
        if "typing" in said:
            self.asides.hear_typing(room, said["typing"])
        else:
            self.presence.hear(room, said)
