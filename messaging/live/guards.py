"""The guard on the message path: asked only where a conversation wants it."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from uuid import UUID

from messaging.guarding import looked_through
from messaging.log import Submission
from network.activity.live.passes import ask
from network.activity.live.socket import Socket

LOOKING = ThreadPoolExecutor(2, thread_name_prefix="guard")
REMEMBERED = 10_000  # conversations
Where = tuple[Socket, UUID]


class Turn(NamedTuple):
    """Of words that go to the log before anybody has looked at them: over when they
    have their place there, or will have none.
    """

    where: Where
    before: asyncio.Future[None] | None
    over: asyncio.Future[None]


class Guards:
    """Knows where the log wanted to know; it decides, whatever is remembered here."""

    def __init__(self) -> None:
        self._rooms: set[UUID] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._last: dict[Where, asyncio.Future[None]] = {}

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

    # What one line says in a room stands there in the order in which it says it

    def line_up(self, socket: Socket, conversation: UUID) -> Turn:
        where = socket, conversation
        over = asyncio.get_running_loop().create_future()
        turn = Turn(where, self._last.get(where), over)
        self._last[where] = over
        return turn

    async def come(self, turn: Turn) -> None:
        """Until what was said before it has its place."""
        if turn.before:
            await asyncio.wait([turn.before])

    async def wait(self, socket: Socket, conversation: UUID) -> None:
        """Until all that was said so far has its place."""
        if last := self._last.get((socket, conversation)):
            await asyncio.wait([last])

    def end(self, turn: Turn) -> None:
        turn.over.set_result(None)
        if self._last.get(turn.where) is turn.over:
            del self._last[turn.where]
