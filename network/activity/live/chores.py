"""What a process does beside its sockets, for as long as it lives."""

import asyncio
import signal
import threading
from collections.abc import Collection, Coroutine, Iterable
from typing import Any

import structlog

PATIENCE, TIMES = 0.25, 8  # seconds for one that ends, and how often it is told
log = structlog.get_logger(__name__)


def begin(chores: Iterable[Coroutine[Any, Any, None]]) -> list[asyncio.Task[None]]:
    """Until they are cancelled. Where one ends by itself the server stops, and begins
    anew: else it would live on deaf, or blind to who may not be here any more.
    """
    tasks = [asyncio.create_task(chore) for chore in chores]
    for task in tasks:
        task.add_done_callback(_notice)
    return tasks


async def end(tasks: Collection[asyncio.Task[None]]) -> None:
    """Told again whoever does not end: what it was doing may have taken the word for
    a failure of a line, and it goes on with another.
    """
    left = set(tasks)
    for _ in range(TIMES):
        for task in left:
            task.cancel()
        if left:
            _, left = await asyncio.wait(left, timeout=PATIENCE)


def _notice(task: asyncio.Task[None]) -> None:
    if task.cancelled():
        return
    log.critical("chore_ended", exc_info=task.exception())
    if threading.current_thread() is threading.main_thread():
        signal.raise_signal(signal.SIGTERM)
