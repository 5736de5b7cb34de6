"""The guard on the message path: asked only where a conversation wants it."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from messaging.guarding import looked_through
from messaging.log import Submission
from network.activity.live.passes import ask

LOOKING = ThreadPoolExecutor(2, thread_name_prefix="guard")
REMEMBERED = 10_000  # conversations


class Guards:
    """Knows where the log wanted to know; it decides, whatever is remembered here."""

    def __init__(self) -> None:
        self._rooms: set[UUID] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def are_at(self, conversation: UUID) -> bool:
        return conversation in self._rooms

    async def look(self, asked: Submission, text: str, reason: str) -> Submission:
        if len(self._rooms) >= REMEMBERED:
            self._rooms.clear()
        self._rooms.add(asked.conversation)
        return await ask(LOOKING, lambda it: looked_through(it, text, reason), asked)

    def soon(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
