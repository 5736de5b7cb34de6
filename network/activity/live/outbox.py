"""What a socket has still to be sent: bounded, and nobody waits for it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

FRAMES = 256
SIZE = 256 * 1024
PATIENCE = 10.0  # seconds for one frame, and for the last
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
# The server says so in one of these ways when the other side has gone.
GONE = (OSError, RuntimeError)


class Outbox:
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
        if len(self._frames) >= FRAMES or self._size + len(frame) > SIZE:
            return self._too_slow()
        self._frames.append(frame)
        self._size += len(frame)
        return self._start()

    def _start(self) -> None:
        if self._writer is None and self._is_open:
            self._writer = asyncio.create_task(self._write())

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

    async def _write(self) -> None:
        try:
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


def _abort(send: Send) -> None:
    """ASGI has no word for it: uvicorn's would wait until all is read, for ever."""
    with suppress(AttributeError):
        send.__self__.transport.abort()  # type: ignore[attr-defined]
