"""What a socket has still to be sent: bounded, and nobody waits for it."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Generator, Mapping
from contextlib import suppress
from types import coroutine
from typing import Any

FRAMES = 256
SIZE = 256 * 1024
PATIENCE = 10.0  # seconds for one frame, and for the last
Sending = Coroutine[Any, Any, None]
Send = Callable[[Mapping[str, Any]], Sending]
# The server says so in one of these ways when the other side has gone.
GONE = (OSError, RuntimeError)


class Outbox:
    __slots__ = ("_frames", "_is_open", "_send", "_size", "_too_slow", "_writer")

    def __init__(self, send: Send, too_slow: Callable[[], None]) -> None:
        self._send, self._too_slow = send, too_slow
        self._frames: deque[str] = deque()
        self._size = 0
        self._is_open = False
        self._writer: asyncio.Task[None] | None = None

    async def open(self, subprotocol: str, first: str) -> None:
        """What was put in meanwhile follows the first frame."""
        with suppress(*GONE):
            await self._send({"type": "websocket.accept", "subprotocol": subprotocol})
            self._is_open = True
            self._frames.appendleft(first)
            self._size += len(first)
            self._start()

    def put(self, frame: str) -> None:
        """A socket that is idle has no task: the writer lives while there is work."""
        if self._writer is None and self._is_open:
            return self._begin(frame)
        if len(self._frames) >= FRAMES or self._size + len(frame) > SIZE:
            return self._too_slow()
        self._frames.append(frame)
        self._size += len(frame)
        return None

    def put_ephemeral(self, frame: str) -> None:
        """What is worth nothing later never stands in the way of what is."""
        if len(self._frames) <= FRAMES // 2 and self._size <= SIZE // 2:
            self.put(frame)

    async def drained(self) -> None:
        """Until nothing waits any more."""
        while self._writer is not None and not self._writer.done():
            await asyncio.wait([self._writer])

    def _begin(self, frame: str) -> None:
        """Most lines take a frame at once: its sending ends with its first step, and
        needs no task. Of a hundred people in a room that is half of the work.
        """
        sending = self._send({"type": "websocket.send", "text": frame})
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except GONE:
            return
        self._start(_resumed(sending, waits_for))

    def _start(self, first: Sending | None = None) -> None:
        self._writer = asyncio.create_task(self._write(first))

    def end(self, code: int) -> None:
        """Nothing that waits is sent any more, only why."""
        self._frames.clear()
        if self._writer is not None:
            self._writer.cancel()
        self._writer = asyncio.create_task(self._say_goodbye(code))

    def drop(self) -> None:
        """The other side has gone."""
        self._frames.clear()
        if self._writer is not None:
            self._writer.cancel()

    async def _write(self, first: Sending | None) -> None:
        try:
            if first is not None:
                async with asyncio.timeout(PATIENCE):
                    await first
            while self._frames:
                frame = self._frames.popleft()
                self._size -= len(frame)
                async with asyncio.timeout(PATIENCE):
                    await self._send({"type": "websocket.send", "text": frame})
            self._writer = None
        except TimeoutError:
            self._too_slow()
        except GONE:
            self._frames.clear()

    async def _say_goodbye(self, code: int) -> None:
        """Whoever does not read even this is let go without it."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._send({"type": "websocket.close", "code": code})
        except TimeoutError:
            _abort(self._send)
        except GONE:
            pass


@coroutine
def _resumed(sending: Sending, waits_for: Any) -> Generator[Any, Any, None]:
    """The rest of it, for a task: its first step is done, and waits for this."""
    yield waits_for
    yield from sending


def _abort(send: Send) -> None:
    """ASGI has no word for it: uvicorn's would wait until all is read, for ever."""
    with suppress(AttributeError):
        send.__self__.transport.abort()  # type: ignore[attr-defined]
