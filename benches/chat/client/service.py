"""What the bench may ask of its load client, which is a process of its own."""

import gc
import os
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import perf_counter as now
from typing import Any

from benches.chat.client import loads
from benches.chat.client.line import Line, Spec
from benches.chat.client.net import Net
from benches.chat.client.reading import read
from benches.chat.client.story import Log, Story, logs, order_of_peers

PENDING = 200
CALM = 2.0  # seconds


@dataclass
class Came:
    """How a crowd came in: seconds for all, how many were refused, and why."""

    seconds: float
    ready: int
    refused: dict[str, int]


@dataclass
class Away:
    seconds: list[float]
    lost: int


@dataclass
class State:
    """One line, as the bench asks after it."""

    is_open: bool
    closed: tuple[int, float] | None
    seq: int
    heard: list[tuple[float, int]]
    left: float
    ready: float


class Service:
    """Each public method is a question; its arguments and answer cross a pipe."""

    def __init__(self, net: Net) -> None:
        self._net = net

    def connect(self, specs: Sequence[Spec], at_once: int = PENDING) -> Came:
        lines = self._net.add(specs)
        return _came(lines, self._net.connect(lines, at_once))

    def reconnect(self, at_once: int = PENDING) -> Came:
        """All that are gone, from where they were."""
        gone = [line for line in self._net.lines if line.wire is None]
        return _came(gone, self._net.connect(gone, at_once))

    def hang_up(self, but: Sequence[int] = ()) -> None:
        """Everybody, but a few."""
        self._net.read_all()
        stay = set(but)
        gone = [x for n, x in enumerate(self._net.lines) if n not in stay]
        self._net.hang_up(gone)

    def drop(self, room: str = "") -> None:
        gone = [x for x in self._net.lines if not room or x.spec.room == room]
        self._net.drop(gone)

    def one_by_one(self, times: int, pause: float) -> Story:
        return loads.one_by_one(self._net, times, pause)

    def at_a_pace(self, pace: loads.Pace) -> Story:
        return loads.at_a_pace(self._net, pace)

    def as_fast_as_it_goes(self, at_once: int, seconds: float) -> Story:
        return loads.as_fast_as_it_goes(self._net, at_once, seconds)

    def some_each(self, times: int) -> int:
        return loads.some_each(self._net, times)

    def logs(self) -> dict[str, Log]:
        return logs(self._net)

    def order_of_peers(self) -> int:
        return order_of_peers(self._net)

    def return_by_themselves(self, patience: float) -> Away:
        """Those who are lost from now on come back; seconds of each without a socket.
        Nobody is lost any more once there was silence for a while.
        """
        net, began = self._net, now()
        net.returns = True
        end = began + patience
        while now() < end and not _are_back(net.lines, began):
            net.turn(0.05)
        net.returns = False
        lost = [x for x in net.lines if x.left > began]
        return Away([x.ready - x.left for x in lost if x.ready > x.left], len(lost))

    def listen(self, seconds: float) -> None:
        loads.listen(self._net, seconds)

    def ignore(self, number: int) -> None:
        self._net.ignore(self._net.lines[number])

    def heed(self, number: int) -> None:
        self._net.heed(self._net.lines[number])

    def state(self, number: int) -> State:
        line = self._net.lines[number]
        read(line)
        heard = [(one.at, one.seq) for one in line.heard]
        return State(line.is_open, line.closed, line.seq, heard, line.left, line.ready)

    def nothing(self) -> None:
        """That something was said ends whatever waits to be told."""

    def others(self) -> dict[str, int]:
        """Frames that are no messages, by kind."""
        self._net.read_all()
        total: dict[str, int] = {}
        for line in self._net.lines:
            for kind, times in line.other.items():
                total[kind] = total.get(kind, 0) + times
        return total


def _are_back(lines: Sequence[Line], since: float) -> bool:
    """Somebody was lost, nobody in the last seconds, and all of them are here."""
    left = [line.left for line in lines if line.left > since]
    is_calm = bool(left) and max(left) < now() - CALM
    return is_calm and all(line.ready > line.left for line in lines)


def _came(lines: Sequence[Line], seconds: float) -> Came:
    refused: dict[str, int] = {}
    for line in lines:
        if not line.ready:
            why = line.refusal or "silence"
            refused[why] = refused.get(why, 0) + 1
    return Came(seconds, len(lines) - sum(refused.values()), refused)


def serve(pipe: "Connection[Any, Any]", core: int) -> None:
    os.sched_setaffinity(0, {core})
    gc.disable()
    net = Net(pipe.fileno())
    service = Service(net)
    while True:
        net.is_told = False
        while not pipe.poll():
            loads.listen(net, 1)
        try:
            name, arguments = pipe.recv()
        except EOFError:
            return
        net.is_told = False
        pipe.send(getattr(service, name)(**arguments))


class Client:
    """The bench's side of it."""

    def __init__(self, core: int) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, core), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, question: str, **arguments: Any) -> Any:
        self.begin(question, **arguments)
        return self.answer()

    def begin(self, question: str, **arguments: Any) -> None:
        """The bench does something else meanwhile."""
        self._pipe.send((question, arguments))

    def answer(self) -> Any:
        return self._pipe.recv()

    def stop(self) -> Any:
        """What was begun ends now; what it came to."""
        self.begin("nothing")
        answer = self.answer()
        self.answer()
        return answer

    def end(self) -> None:
        self._pipe.close()
        self._process.join(5)
