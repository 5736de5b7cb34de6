"""A thousand who come back: to what they missed, and to a new worker (G8, G9)."""

import time
from collections.abc import Iterator

from django.db import connection

from benches.chat import people
from benches.chat.bench import Bench, limit, most, shown, tell
from benches.chat.client.service import Away
from benches.chat.parts.circles import CIRCLES, COUNTED
from benches.chat.site import DEPLOYED, FLOOR, OURS, SERVERS, peer_specs, running, start
from benches.goals import Goal
from benches.timing import percentile

THOUSAND, MISSED = 1000, 50
STARTED = 3.0  # seconds, after which a worker has read what it reads ahead
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
    """One of two workers ends, and its clients find the other; then the only one,
    and they wait for its successor.
    """
    size = bench.few(THOUSAND, 200)
    rooms = people.rooms_of(people.circles(bench.members[:size], 10))
    some, everybody = _one_of_two(bench, rooms), _the_only_one(bench, rooms)
    half, nearly_all = (percentile(some.seconds, share) for share in (0.5, 0.99))
    yield limit("G9a", "away when one of two workers ends, p50", half, 2, "s")
    yield limit("G9b", "away when one of two workers ends, p99", nearly_all, 4, "s")
    missing = sum(away.lost - len(away.seconds) for away in (some, everybody))
    yield limit("G9c", "who did not come back", missing, 0, "")
    half = percentile(everybody.seconds, 0.5)
    yield shown("G9", "away when the only worker starts anew, p50", half, "s")


def _one_of_two(bench: Bench, rooms: people.Rooms) -> Away:
    tell("ours, one of two workers ends")
    with running(DEPLOYED) as server:
        bench.connect(people.specs(server.port, rooms))
        time.sleep(STARTED)
        bench.client.begin("return_by_themselves", patience=30.0)
        server.workers[0].terminate()
        away: Away = bench.client.answer()
        bench.leave()
    return away


def _the_only_one(bench: Bench, rooms: people.Rooms) -> Away:
    tell("ours, the only worker ends")
    with running(OURS) as first:
        bench.connect(people.specs(first.port, rooms))
        bench.client.begin("return_by_themselves", patience=60.0)
        first.end()
        second = start(OURS, core=SERVERS, port=first.port)
        away: Away = bench.client.answer()
        bench.leave()
        second.end()
    return away
