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
Waiting = deque[tuple[str, str]]  # channels, and what is said there
GONE = (RedisError, OSError, TimeoutError)
log = structlog.get_logger(__name__)


class Post:
    """What cannot be told is lost: each process finds it by itself, by its sweep."""

    def __init__(self, url: str, counters: Counters) -> None:
        self.valkey = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        self._counters = counters
        self._rooms: Waiting = deque(maxlen=WAITING)
        self._people: Waiting = deque(maxlen=WAITING)
        self._call = asyncio.Event()
        self._name = secrets.token_hex(4)

    def to_room(self, room: str, said: str) -> None:
        """An object in JSON, signed so that this process knows it for its own."""
        self._rooms.append((wire.of_room(room), f'{{"by":"{self._name}",{said[1:]}'))
        self._call.set()

    def to_people(self, people: Iterable[str], said: str) -> None:
        """When no room waits."""
        self._people.append((wire.PEOPLE, wire.addressed(people, said)))
        self._call.set()

    def is_own(self, said: str) -> bool:
        return said.startswith(self._name, len('{"by":"'))

    async def close(self) -> None:
        """What is still to be told is told; nobody waits long for it."""
        await self._send([*_taken(self._rooms), *_taken(self._people)])
        await self.valkey.aclose()

    async def run(self) -> None:
        while True:
            await self._call.wait()
            self._call.clear()
            while self._rooms or self._people:
                await self._send(_taken(self._rooms) or _taken(self._people))

    async def _send(self, batch: list[tuple[str, str]]) -> None:
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
            self._people.clear()


def _taken(waiting: Waiting) -> list[tuple[str, str]]:
    return [waiting.popleft() for _ in range(min(AT_ONCE, len(waiting)))]
