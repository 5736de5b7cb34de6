"""Members hear that their list of conversations changed: each once a second at most."""

import asyncio
from collections.abc import Iterable
from time import monotonic
from uuid import UUID

import structlog

from messaging.live.counters import Counters
from messaging.live.pool import UNAVAILABLE, Database
from messaging.live.post import Post
from messaging.log.crowds import people_in
from messaging.telling import CONVERSATIONS
from network.activity.live.protocol import frame

EVERY, PAUSE = 0.1, 1.0
SAID = frame("nudge", topics=[CONVERSATIONS])
log = structlog.get_logger(__name__)


class Nudges:
    def __init__(self, database: Database, post: Post, counters: Counters) -> None:
        self._database, self._post, self._counters = database, post, counters
        self._rooms: set[UUID] = set()
        self._people: set[UUID] = set()
        self._told: dict[UUID, float] = {}
        self._call = asyncio.Event()

    def about(self, conversations: Iterable[UUID]) -> None:
        self._rooms.update(conversations)
        self._call.set()

    def to(self, people: Iterable[UUID]) -> None:
        self._people.update(people)
        self._call.set()

    async def run(self) -> None:
        while True:
            await self._call.wait()
            self._call.clear()
            while self._rooms or self._people:
                # What was said is heard first, and what follows soon is asked at once.
                await asyncio.sleep(EVERY)
                await self._learn_people()
                self._tell(monotonic())

    async def _learn_people(self) -> None:
        rooms, self._rooms = self._rooms, set()
        try:
            found = await self._database.ask(people_in(rooms)) if rooms else set()
            self._people |= found
        except UNAVAILABLE as failure:
            log.warning("nobody_nudged", kind=type(failure).__name__)

    def _tell(self, now: float) -> None:
        self._told = {who: at for who, at in self._told.items() if at > now - PAUSE}
        due = self._people - self._told.keys()
        self._people -= due
        self._told |= dict.fromkeys(due, now)
        self._counters.nudges += len(due)
        if due:
            self._post.to_people(map(str, due), SAID)
