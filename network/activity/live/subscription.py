"""The one pub/sub connection of a process: it comes back by itself."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from network.activity.live.wire import CONTROL, PEOPLE, ROOMS

SILENCE = 1.5  # seconds without a word until it is asked, and until it counts as gone
CONNECTING = 1.0
READY = 1.0
WAITS = (0.1, 5.0)
ALWAYS = (CONTROL, PEOPLE, ROOMS)
log = structlog.get_logger(__name__)


class Subscription:
    def __init__(
        self,
        url: str,
        *,
        heard: Callable[[str, str], None],
        returned: Callable[[], None],
    ) -> None:
        self._url, self._heard, self._returned = url, heard, returned
        self._wanted = {name: asyncio.Event() for name in ALWAYS}
        self._confirmed: set[str] = set()
        self._changed = asyncio.Event()
        self._was_away = False

    @property
    def is_away(self) -> bool:
        return self._was_away

    async def want(self, channel: str) -> None:
        """Returns when it is heard, or when Valkey takes too long for somebody waiting:
        then whoever wants it is told once it is heard.
        """
        if channel not in self._wanted:
            self._wanted[channel] = asyncio.Event()
            self._changed.set()
        if channel in self._confirmed or self._was_away:
            return
        ready = self._wanted[channel]
        with suppress(TimeoutError):
            async with asyncio.timeout(READY):
                await ready.wait()

    def drop(self, channel: str) -> None:
        if self._wanted.pop(channel, None):
            self._changed.set()

    async def run(self) -> None:
        shortest, longest = WAITS
        wait = shortest
        while True:
            try:
                await self._stay()
            except* (RedisError, OSError) as failures:
                wait = shortest if self._confirmed else min(wait * 2, longest)
                log.warning("valkey_lost", kind=type(failures.exceptions[0]).__name__)
            self._forget()
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311 no secret

    def _forget(self) -> None:
        self._was_away = True
        self._confirmed.clear()
        for ready in self._wanted.values():
            ready.clear()

    async def _stay(self) -> None:
        async with self._client() as client, client.pubsub() as pubsub:
            await pubsub.subscribe(*ALWAYS)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._follow(pubsub))
                both.create_task(self._listen(pubsub))

    def _client(self) -> "Redis":
        return Redis.from_url(
            self._url,
            decode_responses=True,
            socket_timeout=CONNECTING,
            socket_connect_timeout=CONNECTING,
            retry=Retry(NoBackoff(), 0),
        )

    async def _follow(self, pubsub: Any) -> None:
        """Hundreds who come at once are one command."""
        asked = set(ALWAYS)
        while True:
            self._changed.clear()
            wanted = set(self._wanted)
            self._confirmed &= wanted
            if gone := asked - wanted:
                await pubsub.unsubscribe(*gone)
            if new := wanted - asked:
                await pubsub.subscribe(*new)
            asked = wanted
            self._notice_return()
            await self._changed.wait()

    async def _listen(self, pubsub: Any) -> None:
        asked = False
        while True:
            message = await pubsub.get_message(timeout=SILENCE)
            if message is not None:
                asked = False
                self._take(message)
            elif asked:
                raise TimeoutError
            else:
                asked = True
                await pubsub.ping()

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "message":
            self._heard(message["channel"], message["data"])
        elif message["type"] == "subscribe":
            self._confirm(message["channel"])

    def _confirm(self, channel: str) -> None:
        """One by one: a thousand who come at once are a thousand of these."""
        if ready := self._wanted.get(channel):
            self._confirmed.add(channel)
            ready.set()
            self._notice_return()

    def _notice_return(self) -> None:
        if self._was_away and self._wanted.keys() <= self._confirmed:
            self._was_away = False
            self._returned()
