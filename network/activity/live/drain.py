"""When the server is told to stop, its clients hear when to come back."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from network.activity.live.hub import Hub
from network.activity.live.protocol import frame

NUMBERS = (signal.SIGTERM, signal.SIGINT)
WITHIN = 2  # seconds over which they spread their return
FINISHING = 1.0  # seconds in which what has been taken is done and acknowledged


@contextmanager
def drained(hub: Hub) -> Iterator[None]:
    """The server closes its sockets, with 1012, a moment after it got the signal and
    before it tells any application: so we listen to the signal as well.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    servers = {number: signal.getsignal(number) for number in NUMBERS}
    loop = asyncio.get_running_loop()
    stopping: list[asyncio.Task[None]] = []

    def say(number: int, now: FrameType | None) -> None:
        loop.call_soon_threadsafe(begin, number, now)

    def begin(number: int, now: FrameType | None) -> None:
        """Whoever says it twice means now."""
        handler = servers[signal.Signals(number)]
        if not stopping:
            stopping.append(asyncio.create_task(_finish(hub)))
            stopping[0].add_done_callback(lambda _: begin(number, now))
        elif callable(handler):
            handler(number, now)

    for number in NUMBERS:
        signal.signal(number, say)
    try:
        yield
    finally:
        for number, handler in servers.items():
            signal.signal(number, handler)


async def _finish(hub: Hub) -> None:
    hub.tell_all(frame("reconnect", within=WITHIN))
    with suppress(TimeoutError):
        async with asyncio.timeout(FINISHING):
            await hub.on_stopping()
