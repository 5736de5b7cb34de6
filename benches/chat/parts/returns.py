"""A thousand who come back: to what they missed, and to a new worker (G8, G9)."""

import time
from collections.abc import Iterator

from django.db import connection

from benches.chat import people
from benches.chat.bench import Bench, limit, most, shown, tell
from benches.chat.parts.circles import CIRCLES, COUNTED
from benches.chat.site import FLOOR, OURS, SERVERS, peer_specs, running, start
from benches.goals import Goal
from benches.timing import percentile

THOUSAND, MISSED = 1000, 50
BLACKOUT = (2.0, 4.0)  # seconds: half of them, and nearly all
# Of the log alone: joins, standings and names are read elsewhere.
ASKED = """
SELECT coalesce(sum(idx_scan), 0) FROM pg_stat_user_tables
WHERE relname = 'messaging_message'
"""


def storm(bench: Bench) -> Iterator[Goal]:
    """One of each circle stays and writes; a thousand others come back at once."""
    tell("the floor, 1,000 at once")
    with running(FLOOR) as server:
        sizes = {f"circle-{n}": THOUSAND // CIRCLES for n in range(CIRCLES)}
        specs = peer_specs(server.port, sizes)
        bare = bench.connect(specs, at_once=THOUSAND).seconds
        bench.client.ask("drop")

    size = THOUSAND // CIRCLES + 1
    rooms = people.rooms_of(people.circles(bench.members[: CIRCLES * size], size))
    with bench.crowd(rooms):
        writers = range(0, CIRCLES * size, size)
        bench.client.ask("hang_up", but=list(writers))
        bench.client.ask("some_each", times=MISSED)
        before = _asked()
        came = bench.client.ask("reconnect", at_once=THOUSAND)
        asked = _asked() - before

    what = "1,000 caught up with 50 each, to coming in"
    yield most("G8a", what, came.seconds / bare, 3)
    yield most("G8b", "scans of the log a room", asked / CIRCLES, 1)
    refused = THOUSAND - came.ready
    yield limit("G8c", "refused or not caught up", refused, 0, "")
    yield shown("ours", "1,000 caught up", came.seconds, "s")


def _asked() -> int:
    """A connection of somebody else says after ten idle seconds what it has done."""
    time.sleep(COUNTED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(ASKED)
        return int(cursor.fetchone()[0])


def restart(bench: Bench) -> Iterator[Goal]:
    """The worker ends as on a deploy; another takes its port as soon as it is free."""
    size = bench.few(THOUSAND, 200)
    rooms = people.rooms_of(people.circles(bench.members[:size], 10))
    tell(f"ours, a restart under {size} sockets")
    with running(OURS) as first:
        bench.connect(people.specs(first.port, rooms))
        bench.client.begin("return_by_themselves", patience=30.0)
        first.end()
        second = start(OURS, core=SERVERS, port=first.port)
        away = bench.client.answer()
        bench.leave()
        second.end()
    half, nearly_all = (percentile(away, share) for share in (0.5, 0.99))
    yield limit("G9a", "seconds away at a restart, p50", half, BLACKOUT[0], "s")
    yield limit("G9b", "seconds away at a restart, p99", nearly_all, BLACKOUT[1], "s")
    yield limit("G9c", "who did not come back", size - len(away), 0, "")
