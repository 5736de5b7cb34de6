"""From the commit of a removal until her socket is closed (G10)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from django.conf import settings
from django.db import transaction
from redis import Redis

from benches.chat import people
from benches.chat.bench import Bench, limit, tell
from benches.chat.client.loads import Pace
from benches.chat.client.service import State
from benches.chat.parts.circles import A_SECOND, SIZE, rooms
from benches.chat.site import OURS, running
from benches.goals import Goal
from benches.timing import percentile
from messaging.actions.members import remove_member
from messaging.models import Conversation, Kind, Message
from network.activity.live.protocol import Close

IDLE, LOADED, UNHEARD = 20, 50, 5000  # milliseconds
PAUSE = 0.05
PATIENCE = 6.0
FEW = 5  # removals while Valkey is away: each waits for it
UNDER_LOAD = Pace(A_SECOND, 60, until_told=True)


def measure(bench: Bench) -> Iterator[Goal]:
    everybody = rooms(bench)
    tell("ours, removals")
    with running(OURS) as server:
        bench.connect(people.specs(server.port, everybody))
        removals = Removals(bench, everybody)
        many = bench.few(45, 15)
        idle = removals.seen([removals.remove() for _ in range(many)])
        bench.client.begin("at_a_pace", pace=UNDER_LOAD)
        commits = [removals.remove() for _ in range(many)]
        bench.client.stop()
        loaded = removals.seen(commits)
        with _silent_valkey():
            commits = [removals.remove() for _ in range(FEW)]
            bench.client.ask("listen", seconds=PATIENCE)
            unheard = removals.seen(commits)
        bench.leave()

    nearly = percentile(idle, 0.99)
    yield limit("G10a", "removal to close, idle, p99", nearly, IDLE, "ms")
    nearly = percentile(loaded, 0.99)
    yield limit("G10b", "removal to close, under load, p99", nearly, LOADED, "ms")
    longest = max(unheard)
    yield limit("G10c", "removal to close, without Valkey", longest, UNHEARD, "ms")
    yield limit("G10d", "told after her removal", removals.leaked, 0, "")


class Removals:
    """By this process, which is no web process: the second of one circle each time."""

    def __init__(self, bench: Bench, everybody: people.Rooms) -> None:
        self._bench = bench
        self._left = enumerate(everybody.items())
        self.leaked = 0

    def remove(self) -> tuple[int, Conversation, float]:
        """Whose line, from where, and when it was committed."""
        number, (room, group) = next(self._left)
        conversation = Conversation.objects.get(public_id=room)
        noted: list[float] = []
        with transaction.atomic():
            # The first to hear of the commit, before anybody is told.
            transaction.on_commit(lambda: noted.append(time.perf_counter()))
            remove_member(conversation, group[1].clinician, by=group[0].user)
        time.sleep(PAUSE)
        return number * SIZE + 1, conversation, noted[0]

    def seen(self, commits: list[tuple[int, Conversation, float]]) -> list[float]:
        """Milliseconds until each was closed; for ever, if she was not."""
        return [self._seen(*commit) for commit in commits]

    def _seen(self, number: int, conversation: Conversation, at: float) -> float:
        state: State = self._bench.client.ask("state", number=number)
        removed = Message.objects.get(conversation=conversation, kind=Kind.REMOVED)
        self.leaked += sum(seq > removed.seq for _, seq in state.heard)
        if state.closed is None or state.closed[0] != Close.REMOVED:
            return float("inf")
        return 1000 * (state.closed[1] - at)


@contextmanager
def _silent_valkey() -> Iterator[None]:
    """It neither answers nor is it gone."""
    with Redis.from_url(settings.REDIS_URL) as valkey:
        process = psutil.Process(valkey.info("server")["process_id"])
    process.suspend()
    try:
        yield
    finally:
        process.resume()
