"""What a socket holds when nothing happens, and what crowds leave behind (G6, G7)."""

import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from redis import Redis

from benches.chat import people
from benches.chat.bench import Bench, limit, most, tell
from benches.chat.client.line import Spec
from benches.chat.parts.circles import rooms
from benches.chat.site import COUNTED, FLOOR, OURS, Server, peer_specs, running
from benches.goals import Goal

KB = 1024
ROUNDS, CROWD = 10, 2000
LARGE = 10_000
CALM = 3.0  # seconds in which what was begun comes to rest
PATIENCE = 90.0  # as long as a presence may be remembered, and more
LINES = """
SELECT count(*) FROM pg_stat_activity
WHERE usename = current_user AND pid <> pg_backend_pid()
"""


def measure(bench: Bench) -> Iterator[Goal]:
    size = bench.few(CROWD, CROWD // 2)
    floor, ours = _bare(bench, size), _idle(bench, size)
    yield most(
        "G6a", f"memory of a socket, of {size}, to a bare one", ours / floor, 1.5
    )
    if not bench.quick:
        large = _idle(bench, LARGE)
        yield limit("G6b", "memory of a socket, of 10,000", large / KB, 30, "KB")


def _bare(bench: Bench, size: int) -> float:
    tell(f"the raw floor, {size} idle sockets")
    with running(FLOOR) as server:
        sizes = {f"circle-{n}": 10 for n in range(size // 10)}
        bench.connect(peer_specs(server.port, {"first": 200}))
        bench.client.ask("drop")
        before = _rested(server)
        bench.connect(peer_specs(server.port, sizes))
        taken = _rested(server) - before
        bench.client.ask("drop")
    return taken / size


def _idle(bench: Bench, size: int) -> float:
    """Each has come in by her session, has joined a room, and is seen as present."""
    tell(f"ours, {size} idle sockets")
    everybody = rooms(bench)
    with running(OURS) as server:
        some = dict(list(everybody.items())[:20])
        bench.connect(people.specs(server.port, some))
        bench.client.ask("drop")
        before = _rested(server)
        bench.connect(people.specs(server.port, everybody, times=size // 1000))
        taken = _rested(server) - before
        bench.client.ask("drop")
    return taken / size


def _rested(server: Server) -> int:
    """When it has read what it reads ahead, and what was begun has come to rest."""
    used, before = server.seconds, -CALM
    while used - before > CALM / 2:
        time.sleep(CALM)
        used, before = server.seconds, used
    return server.memory


def churn(bench: Bench) -> Iterator[Goal]:
    """The first round makes the pools and caches; what grows after it is too much."""
    everybody = rooms(bench)
    with running(COUNTED) as server:
        crowd = people.specs(server.port, everybody, times=CROWD // 1000)
        _rested(server)
        fresh = _left(server)
        _come_and_go(bench, crowd)
        held = _rested(server)
        before = _left(server) | {name: fresh[name] for name in ("keys", "channels")}
        rounds = bench.few(ROUNDS, 3)
        for _ in range(rounds):
            _come_and_go(bench, crowd)
        after = _back_to(before, server)
        growth = _rested(server) / held
    yield most("G7a", f"memory after {rounds} more crowds, to after one", growth, 1.05)
    over = {name: max(0, after[name] - count) for name, count in before.items()}
    what = "left behind: " + ", ".join(over)
    yield limit("G7b", what, sum(over.values()), 0, "")


def _come_and_go(bench: Bench, crowd: list[Spec]) -> None:
    bench.connect(crowd)
    bench.client.ask("drop")
    time.sleep(1)


def _left(server: Server) -> dict[str, int]:
    tasks = server.counted["tasks"]
    with Redis.from_url(settings.REDIS_URL) as valkey, connection.cursor() as cursor:
        cursor.execute(LINES)
        return {
            "tasks": tasks,
            "keys": int(valkey.dbsize()),
            "channels": len(valkey.pubsub_channels()),
            "lines": int(cursor.fetchone()[0]),
        }


def _back_to(before: dict[str, int], server: Server) -> dict[str, int]:
    until = time.monotonic() + PATIENCE
    while True:
        after = _left(server)
        is_back = all(after[name] <= count for name, count in before.items())
        if is_back or time.monotonic() > until:
            return after
        time.sleep(1)
