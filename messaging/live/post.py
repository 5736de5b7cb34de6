"""What this process tells the others, by one connection and without waiting."""

import asyncio
import secrets
from collections import deque
from collections.abc import Iterable

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from messaging.live.counters import Counters
from network.activity.live import wire

PATIENCE = 1.0
REST = 1.0  # seconds after a failure, in which nothing is tried
WAITING, AT_ONCE = 10_000, 100
Said = tuple[str, str]  # a channel or a room, and what is said there
GONE = (RedisError, OSError, TimeoutError)
log = structlog.get_logger(__name__)


class Post:
    """What cannot be told to a room is lost: each process finds it by itself, by its
    sweep. What people are told nobody would find: it is told when Valkey is back.
    """

    def __init__(self, url: str, counters: Counters) -> None:
        self.valkey = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        self._counters = counters
        self._rooms: deque[Said] = deque(maxlen=WAITING)
        self._people: dict[str, set[str]] = {}  # by what they are told, each once
        self._call = asyncio.Event()
        self._name = secrets.token_hex(4)

    def to_room(self, room: str, said: str) -> None:
        """An object in JSON, signed so that this process knows it for its own."""
        self._rooms.append((room, f'{{"by":"{self._name}",{said[1:]}'))
        self._call.set()

    def to_people(self, people: Iterable[str], said: str) -> None:
        """When no room waits."""
        self._people.setdefault(said, set()).update(people)
        self._call.set()

    def is_own(self, said: str) -> bool:
        return said.startswith(self._name, len('{"by":"'))

    async def close(self) -> None:
        """What is still to be told is told; nobody waits long for it."""
        await self._send([*self._gathered(), *_addressed(self._people)])
        await self.valkey.aclose()

    async def run(self) -> None:
        while True:
            await self._call.wait()
            self._call.clear()
            while self._rooms or self._people:
                if self._rooms:
                    await self._send(self._gathered())
                else:
                    await self._tell_people()

    async def _tell_people(self) -> None:
        people, self._people = self._people, {}
        is_told = False
        try:
            is_told = await self._send(_addressed(people))
        finally:  # also where it is to stop meanwhile: then it tells them once more
            for said, them in () if is_told else people.items():
                self.to_people(them, said)

    async def _send(self, batch: list[Said]) -> bool:
        """Whether it is told."""
        try:
            async with self.valkey.pipeline(transaction=False) as pipeline:
                for channel, said in batch:
                    pipeline.publish(channel, said)
                await pipeline.execute()
        except GONE as failure:
            self._counters.lost_in_valkey += len(batch)
            log.warning("valkey_not_told", kind=type(failure).__name__)
            await asyncio.sleep(REST)
            self._rooms.clear()
            return False
        return True

    def _gathered(self) -> list[Said]:
        """Of so many rooms, if any, taken out."""
        most = min(AT_ONCE, len(self._rooms))
        taken = [self._rooms.popleft() for _ in range(most)]
        return [(wire.ROOMS, wire.gathered(taken))] if taken else []


def _addressed(people: dict[str, set[str]]) -> list[Said]:
    return [(wire.PEOPLE, wire.addressed(them, said)) for said, them in people.items()]
