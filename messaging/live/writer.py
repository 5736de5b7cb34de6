"""Group commit: what comes while a batch is on its way to the disk is the next one.

No conversation has two batches on their way from this process: so what is published
comes in the order in which it was kept.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from uuid import UUID

import structlog
from psycopg.errors import LockNotAvailable, QueryCanceled

from messaging.live.counters import Counters
from messaging.live.pool import AwayError
from messaging.log import Entry, Kept, Outcome, Submission

BATCH = 128
LANES = 3  # batches on their way at once: a room that is locked holds up few others
WAITING = 5_000  # submissions, after which no more are taken
PATIENCE = 4.0  # seconds, after which the rest of a batch is given up
# Somebody holds a room, or the database is slow: it is worth nothing to insist.
BUSY = (LockNotAvailable, QueryCanceled)
Settle = Callable[[Outcome | None], None]
Append = Callable[[Sequence[Submission]], Awaitable[Sequence[Outcome]]]
log = structlog.get_logger(__name__)


@dataclass(slots=True, frozen=True)
class Pending:
    """`settle` hears what became of it, once: nothing when the database was away."""

    submission: Submission
    settle: Settle
    since: float  # on the clock of the process


class Writer:
    def __init__(
        self,
        append: Append,
        kept: Callable[[list[Entry]], None],
        counters: Counters,
    ) -> None:
        """`kept` hears which entries stand in the log. Not all need be new: who says
        something again may be the first to be answered, and nobody was told of it.
        """
        self._append, self._kept, self._counters = append, kept, counters
        self._waiting: dict[UUID, deque[Pending]] = {}
        self._count = 0
        self._underway: set[UUID] = set()
        # Rooms that were found locked: each is tried alone, and one at a time.
        self._locked: set[UUID] = set()
        self._tried: UUID | None = None
        self._lanes: set[asyncio.Task[None]] = set()
        self._is_finishing = False

    def put(self, submission: Submission, settle: Settle) -> bool:
        """Whether it is taken."""
        if self._is_finishing or self._count >= WAITING:
            return False
        own = self._waiting.setdefault(submission.conversation, deque())
        own.append(Pending(submission, settle, monotonic()))
        self._count += 1
        self._start()
        return True

    async def finish(self) -> None:
        """Until everything that was taken is kept or refused, and they know it. No more
        is taken: its answer might come after the end of the line.
        """
        self._is_finishing = True
        while self._lanes:
            await asyncio.wait(set(self._lanes))

    def _start(self) -> None:
        while len(self._lanes) < LANES and (batch := self._next()):
            lane = asyncio.create_task(self._carry(batch))
            self._lanes.add(lane)
            lane.add_done_callback(self._end)

    def _end(self, lane: asyncio.Task[None]) -> None:
        self._lanes.discard(lane)
        self._start()

    def _next(self) -> list[Pending]:
        """In turn: a room in which much is said goes to the end of the queue."""
        batch: list[Pending] = []
        free = [room for room in self._waiting if room not in self._underway]
        for room in islice((it for it in free if it not in self._locked), BATCH):
            batch += self._take(room, BATCH - len(batch))
            if len(batch) == BATCH:
                break
        if not batch and free and self._tried is None:
            self._tried = free[0]
            batch = self._take(free[0], BATCH)
        self._count -= len(batch)
        self._underway |= _rooms(batch)
        return batch

    def _take(self, room: UUID, most: int) -> list[Pending]:
        own = self._waiting.pop(room)
        taken = [own.popleft() for _ in range(min(most, len(own)))]
        if own:
            self._waiting[room] = own
        return taken

    async def _carry(self, batch: list[Pending]) -> None:
        rooms = _rooms(batch)
        try:
            await self._keep(batch, monotonic() + PATIENCE)
        finally:
            self._underway -= rooms
            if self._tried in rooms:
                self._tried = None

    async def _keep(self, batch: list[Pending], until: float) -> None:
        """One that cannot be kept, whatever it is, stops nobody but itself."""
        asked = [pending.submission for pending in batch]
        keeping = asyncio.ensure_future(self._append(asked))
        await asyncio.wait([keeping])
        if failure := keeping.exception():
            return await self._part(batch, failure, until)
        self._locked -= _rooms(batch)
        self._counters.batch(len(batch))
        return self._settle(batch, keeping.result())

    async def _part(
        self, batch: list[Pending], failure: BaseException, until: float
    ) -> None:
        self._counters.splits += 1
        rooms = _rooms(batch)
        is_locked = isinstance(failure, BUSY) and len(rooms) == 1
        if is_locked:
            self._locked |= rooms
        if is_locked or isinstance(failure, AwayError) or monotonic() > until:
            return self._give_up(batch, failure)
        for part in _parts(batch):
            await self._keep(part, until)
        return None if len(batch) > 1 else self._give_up(batch, failure)

    def _give_up(self, batch: list[Pending], failure: BaseException) -> None:
        log.warning("not_kept", kind=type(failure).__name__, count=len(batch))
        self._counters.unavailable += len(batch)
        for pending in batch:
            pending.settle(None)

    def _settle(self, batch: list[Pending], outcomes: Sequence[Outcome]) -> None:
        now = monotonic()
        for pending, outcome in zip(batch, outcomes, strict=True):
            self._counters.answer(now - pending.since)
            pending.settle(outcome)
        self._kept([it.entry for it in outcomes if isinstance(it, Kept)])


def _rooms(batch: Iterable[Pending]) -> set[UUID]:
    return {pending.submission.conversation for pending in batch}


def _parts(batch: list[Pending]) -> list[list[Pending]]:
    """By conversation, and what is of one only in halves; nothing of a single one."""
    rooms: dict[UUID, list[Pending]] = {}
    for pending in batch:
        rooms.setdefault(pending.submission.conversation, []).append(pending)
    if len(rooms) > 1:
        return list(rooms.values())
    half = len(batch) // 2
    return [batch[:half], batch[half:]] if half else []
