"""What a socket has still to be sent: bounded, and nobody waits for it."""

import asyncio
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from types import coroutine
from typing import Any

from network.activity.live.carrier import Carrier, Sending

FRAMES = 256
SIZE = 256 * 1024
AT_ONCE = 64 * 1024  # what the line is given together
PATIENCE = 10.0  # seconds for that, and for the last
# The server says so in one of these ways when the other side has gone.
GONE = (OSError, RuntimeError)


class Outbox:
    __slots__ = ("_carrier", "_frames", "_is_open", "_size", "_too_slow", "_writer")

    def __init__(self, carrier: Carrier, too_slow: Callable[[], None]) -> None:
        self._carrier, self._too_slow = carrier, too_slow
        self._frames: deque[str] = deque()
        self._size = 0
        self._is_open = False
        self._writer: asyncio.Task[None] | None = None

    async def open(self, subprotocol: str, first: str) -> None:
        """What was put in meanwhile follows the first frame."""
        with suppress(*GONE):
            await self._carrier.accept(subprotocol)
            self._is_open = True
            self._begin([first, *self._frames])
            self._clear()

    def put(self, frames: Sequence[str]) -> None:
        """A socket that is idle has no task: the writer lives while there is work."""
        if self._writer is None and self._is_open:
            return self._begin(frames)
        size = self._size + sum(map(len, frames))
        if len(self._frames) + len(frames) > FRAMES or size > SIZE:
            return self._too_slow()
        self._frames.extend(frames)
        self._size = size
        return None

    def put_ephemeral(self, frame: str) -> None:
        """What is worth nothing later never stands in the way of what is."""
        if len(self._frames) <= FRAMES // 2 and self._size <= SIZE // 2:
            self.put([frame])

    async def put_at_pace(self, frames: Sequence[str]) -> None:
        """No more than the line takes: however many, they cut nobody who reads."""
        waiting = deque(frames)
        while waiting:
            await self._drained()
            self.put(_portion(waiting))
        await self._drained()

    async def _drained(self) -> None:
        while self._writer is not None and not self._writer.done():
            await asyncio.wait([self._writer])

    def _begin(self, frames: Sequence[str]) -> None:
        """Most lines take them at once: their sending ends with its first step, and
        needs no task. Of a hundred people in a room that is half of the work.
        """
        sending = self._carrier.carry(frames)
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except GONE:
            return
        self._start(_resumed(sending, waits_for))

    def _start(self, first: Sending) -> None:
        self._writer = asyncio.create_task(self._write(first))

    def end(self, code: int) -> None:
        """Nothing that waits is sent any more, only why."""
        self.drop()
        self._writer = asyncio.create_task(self._say_goodbye(code))

    def drop(self) -> None:
        """Nothing more goes out."""
        self._too_slow = _nobody
        self._clear()
        if self._writer is not None:
            self._writer.cancel()

    def leave(self) -> None:
        """The other side has gone. Nothing here holds its holder any more, nor the
        line itself: only a look through everything would find them.
        """
        self.drop()
        self._carrier.leave()

    def _clear(self) -> None:
        self._frames.clear()
        self._size = 0

    async def _write(self, first: Sending) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await first
            while self._frames:
                some = _portion(self._frames)
                self._size -= sum(map(len, some))
                async with asyncio.timeout(PATIENCE):
                    await self._carrier.carry(some)
            self._writer = None
        except TimeoutError:
            self._too_slow()
        except GONE:
            self._clear()

    async def _say_goodbye(self, code: int) -> None:
        """Whoever does not read even this is let go without it."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._carrier.close(code)
        except TimeoutError:
            self._carrier.abort()
        except GONE:
            pass


def _nobody() -> None:
    """Minds any more."""


def _portion(frames: deque[str]) -> list[str]:
    """One at least, taken out."""
    if len(frames) <= FRAMES and sum(map(len, frames)) <= AT_ONCE:
        some = list(frames)
        frames.clear()
        return some
    some = [frames.popleft()]
    size = len(some[0])
    while frames and size + len(frames[0]) <= AT_ONCE and len(some) < FRAMES:
        some.append(frames.popleft())
        size += len(some[-1])
    return some


@coroutine
def _resumed(sending: Sending, waits_for: Any) -> Generator[Any, Any, None]:
    """The rest of it, for a task: its first step is done, and waits for this."""
    yield waits_for
    yield from sending
