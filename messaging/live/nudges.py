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
        self._rooms, self._people = Paused(), Paused()
        self._call = asyncio.Event()

    def about(self, conversations: Iterable[UUID]) -> None:
        self._rooms.add(conversations)
        self._call.set()

    def to(self, people: Iterable[UUID]) -> None:
        self._people.add(people)
        self._call.set()

    async def run(self) -> None:
        while True:
            await self._call.wait()
            self._call.clear()
            while self._rooms.is_called or self._people.is_called:
                # What was said is heard first, and what follows soon is asked at once.
                await asyncio.sleep(EVERY)
                await self._learn_people(self._rooms.due(monotonic()))
                self._tell(self._people.due(monotonic()))

    async def _learn_people(self, rooms: set[UUID]) -> None:
        try:
            if rooms:
                self._people.add(await self._database.ask(people_in(rooms)))
        except UNAVAILABLE as failure:
            self._rooms.add(rooms)  # once more, after their pause
            log.warning("nobody_nudged", kind=type(failure).__name__)

    def _tell(self, people: set[UUID]) -> None:
        self._counters.nudges += len(people)
        if people:
            self._post.to_people(map(str, people), SAID)


class Paused:
    """Whatever comes again before its pause is over waits until then."""

    def __init__(self) -> None:
        self._waiting: set[UUID] = set()
        self._taken: dict[UUID, float] = {}

    def add(self, more: Iterable[UUID]) -> None:
        self._waiting.update(more)

    @property
    def is_called(self) -> bool:
        """Whether any waits."""
        return bool(self._waiting)

    def due(self, now: float) -> set[UUID]:
        """Taken out."""
        over = now - PAUSE
        self._taken = {it: at for it, at in self._taken.items() if at > over}
        due = self._waiting - self._taken.keys()
        self._waiting -= due
        self._taken |= dict.fromkeys(due, now)
        return due
