"""A thousand sockets in a hundred circles (G4, G13)."""

import os
import time
from collections.abc import Iterator
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter as now

from django.db import connection

from benches.chat import people
from benches.chat.bench import Bench, least, limit, most, shown, tell
from benches.chat.client.loads import Pace
from benches.chat.client.story import Story
from benches.chat.parts.fan import rate
from benches.chat.site import Program, peer_specs, running, stock
from benches.goals import Goal
from benches.timing import percentile

CIRCLES, SIZE = 100, 10
ON_THEIR_WAY = 2  # in each circle
A_SECOND = 50
COUNTED = 11
WRITTEN = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables
"""


def measure(bench: Bench) -> Iterator[Goal]:
    core = _peer(bench, stock("core", keeps=True))
    pubsub = _peer(bench, stock("pubsub", keeps=True))
    with bench.crowd(rooms(bench)):
        ours = _loads(bench)

    yield least("G4a", "circles: messages, to ORM and core", ours[0] / core[0], 10)
    p99, other = (percentile(story.everybody, 0.99) for story in (ours[1], pubsub[1]))
    yield most("G4b", "circles: p99 at 50/s, to ORM and pubsub", p99 / other, 0.5)
    bar = 0.010 + 2 * _fdatasync()
    ack = percentile(ours[1].acks, 0.99)
    yield most("G4c", "circles: answer p99, to 10 ms + 2 fsync", ack / bar, 1)
    yield shown("ours", "circles: messages", ours[0], "/s")
    yield shown("ours", "circles: p99 at 50/s", 1000 * p99, "ms")


def typing(bench: Bench) -> Iterator[Goal]:
    """What is worth nothing later costs little now, and is kept nowhere."""
    seconds = bench.few(10, 3)
    alone = Pace(A_SECOND, seconds)
    beside = Pace(A_SECOND, seconds, typing_per_room=10)
    with bench.crowd(rooms(bench)):
        quiet = bench.load("at_a_pace", pace=alone)
        lively = bench.load("at_a_pace", pace=beside)
        before = _written()
        bench.load("at_a_pace", pace=Pace(0, seconds, typing_per_room=10))
        kept = _written() - before
    ratio = percentile(lively.everybody, 0.99) / percentile(quiet.everybody, 0.99)
    yield most("G13a", "p99 while all are typing, to before", ratio, 1.2)
    yield limit("G13b", "rows written by typing", kept, 0, "")


def rooms(bench: Bench) -> people.Rooms:
    everybody = bench.members[: CIRCLES * SIZE]
    return people.rooms_of(people.circles(everybody, SIZE))


def _peer(bench: Bench, program: Program) -> tuple[float, Story]:
    tell(f"{program.name}, {CIRCLES} circles")
    with running(program) as server:
        sizes = {f"circle-{n}": SIZE for n in range(CIRCLES)}
        bench.connect(peer_specs(server.port, sizes))
        told = _loads(bench)
        bench.client.ask("drop")
    return told


def _loads(bench: Bench) -> tuple[float, Story]:
    """Messages a second at most; and how it goes at fifty, when each circle has spoken
    before: its first message of a month makes a key.
    """
    bench.load("at_a_pace", pace=Pace(A_SECOND, CIRCLES / A_SECOND))
    paced = bench.load("at_a_pace", pace=Pace(A_SECOND, bench.few(10, 3)))
    seconds = bench.few(4, 2)
    many = bench.load("as_fast_as_it_goes", at_once=ON_THEIR_WAY, seconds=seconds)
    return rate(many, seconds), paced


def _written() -> int:
    """A connection of somebody else says after ten idle seconds what it has done."""
    time.sleep(COUNTED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WRITTEN)
        return int(cursor.fetchone()[0])


def _fdatasync() -> float:
    """What this disk takes to have a page for good, where the databases lie."""
    times = []
    with TemporaryFile() as file:
        for _ in range(50):
            file.write(bytes(8192))
            file.flush()
            began = now()
            os.fdatasync(file.fileno())
            times.append(now() - began)
    return median(times)
