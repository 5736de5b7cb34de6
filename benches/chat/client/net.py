"""All lines of the client, and the one loop that attends to them."""

import random
import select
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from time import perf_counter as now

from benches.chat.client.line import Line, Spec
from benches.chat.client.reading import read

# How a client of ours comes back: a first wait, then longer ones.
FIRST, SLOWER, LONGEST = (0.2, 2.0), 1.7, 30.0
PATIENCE = 180.0
AWAKE = 0.0005
TICK = 0.001


class Net:
    def __init__(self, told: int) -> None:
        """`told`: a descriptor that becomes readable when the bench says something."""
        self._poll = select.epoll()
        self._poll.register(told, select.EPOLLIN)
        self._told = told
        self.is_told = False
        self.lines: list[Line] = []
        self.rooms: dict[str, list[Line]] = defaultdict(list)
        self._known: dict[int, Line] = {}
        self.returns = False
        self._awake_until = 0.0
        self._later: list[tuple[float, int, float, Line]] = []
        self._lot = random.Random(1)  # noqa: S311 when somebody comes back, no secret

    def add(self, specs: Iterable[Spec]) -> list[Line]:
        new = [Line(spec, self._lost) for spec in specs]
        self.lines += new
        for line in new:
            self.rooms[line.spec.room].append(line)
        return new

    def begin(self, line: Line) -> None:
        number = line.begin()
        self._known[number] = line
        self._poll.register(number, select.EPOLLOUT)

    def turn(self, patience: float) -> None:
        """What has come by now, or comes within so many seconds."""
        for number, event in self._wait(patience):
            line = self._known.get(number)
            if line is None:
                self.is_told = self.is_told or number == self._told
            elif event & select.EPOLLOUT:
                self._poll.modify(number, select.EPOLLIN)
                line.shake_hands()
            else:
                line.take()
        while self._later and self._later[0][0] <= now():
            self.begin(heappop(self._later)[3])

    def _wait(self, patience: float) -> list[tuple[int, int]]:
        """After something came it stays awake for a moment: else every frame of a
        hundred would wake it anew, and the sender would pay for that.
        """
        found = self._poll.poll(0)
        while not found and now() < self._awake_until:
            found = self._poll.poll(0)
        found = found or self._sleep(now() + patience)
        self._awake_until = now() + AWAKE if found else 0.0
        return found

    def _sleep(self, end: float) -> list[tuple[int, int]]:
        """The kernel counts in milliseconds, and up: the last is not its own."""
        found = self._poll.poll(max(0.0, end - now() - TICK))
        while not found and now() < end:
            found = self._poll.poll(0)
        return found

    def until(self, holds: Callable[[], bool], patience: float) -> bool:
        end = now() + patience
        while not holds():
            if now() > end:
                return False
            self.turn(0.05)
        return True

    def connect(self, lines: Sequence[Line], at_once: int) -> float:
        """Seconds until all are ready; nobody waits for more than a few minutes."""
        began = now()
        waiting = list(reversed(lines))
        pending: list[Line] = []
        while (waiting or pending) and now() < began + PATIENCE:
            while waiting and len(pending) < at_once:
                pending.append(waiting.pop())
                self.begin(pending[-1])
            self.turn(0.05)
            pending = [line for line in pending if _is_under_way(line)]
        return max((x.ready for x in lines), default=began) - began

    def read_all(self) -> None:
        for line in self.lines:
            read(line)

    def ignore(self, line: Line) -> None:
        """It stays open, and nobody reads it."""
        assert line.wire  # noqa: S101 only who is here can stop reading
        line.is_heeded = False
        self._poll.unregister(line.wire.fileno())

    def heed(self, line: Line) -> None:
        assert line.wire  # noqa: S101 as above
        line.is_heeded = True
        self._poll.register(line.wire.fileno(), select.EPOLLIN)

    def hang_up(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self._forget(line)
            line.hang_up()

    def drop(self, lines: Iterable[Line]) -> None:
        """For good: they never were."""
        gone = list(lines)
        self.hang_up(gone)
        ids = {id(line) for line in gone}
        self.lines = [line for line in self.lines if id(line) not in ids]
        for room in {line.spec.room for line in gone}:
            self.rooms[room] = [x for x in self.rooms[room] if id(x) not in ids]
            if not self.rooms[room]:
                del self.rooms[room]

    def _forget(self, line: Line) -> None:
        if line.wire is None:
            return
        known = self._known.pop(line.wire.fileno(), None)
        if known and line.is_heeded:
            self._poll.unregister(line.wire.fileno())

    def _lost(self, line: Line) -> None:
        """The other side has gone, or never was there."""
        read(line)
        was_open = line.is_open
        self._forget(line)
        line.hang_up()
        if self.returns:
            self._come_back(line, was_open=was_open)

    def _come_back(self, line: Line, *, was_open: bool) -> None:
        if was_open:
            line.left, line.wait = now(), self._lot.uniform(*FIRST)
        else:
            line.wait = min(LONGEST, line.wait * SLOWER)
        heappush(self._later, (now() + line.wait, id(line), line.wait, line))


def _is_under_way(line: Line) -> bool:
    return line.wire is not None and not line.ready
