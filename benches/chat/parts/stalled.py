"""One member who stops reading (G11)."""

import time
from collections.abc import Iterator

from benches.chat import people
from benches.chat.bench import Bench, limit, most, shown
from benches.chat.client.loads import Pace
from benches.chat.client.service import State
from benches.chat.site import COUNTED, Server
from benches.goals import Goal
from benches.timing import percentile
from network.activity.live.protocol import Close

SLOW, OTHER = 100, 1  # places of the lines: she has come in last
FRAMES = 256
# Long messages, so that what the kernel holds for her is soon full.
PACE = Pace(100, 30, letters=2000, until_told=True)
PATIENCE = 25.0


def measure(bench: Bench) -> Iterator[Goal]:
    *others, slow = bench.members[:101]
    rooms = people.rooms_of([[*others, slow]])
    (room,) = rooms
    with bench.crowd({room: others}, COUNTED) as server:
        bench.connect([people.spec(server.port, room, slow, small=True)])
        before = bench.load("at_a_pace", pace=Pace(100, bench.few(8, 3), letters=2000))
        bench.client.ask("ignore", number=SLOW)
        bench.client.begin("at_a_pace", pace=PACE)
        cut = _cut(server, len(others))
        time.sleep(1)
        beside = bench.client.stop()
        bench.client.ask("heed", number=SLOW)
        bench.client.ask("listen", seconds=2.0)
        hers: State = bench.client.ask("state", number=SLOW)
        theirs: State = bench.client.ask("state", number=OTHER)
        bench.client.ask("reconnect")

    p99 = [percentile(story.everybody, 0.99) for story in (before, beside)]
    yield most("G11a", "p99 of the others, to before", p99[1] / p99[0], 1.2)
    waited = sum(at <= cut for at, _ in theirs.heard) - len(hers.heard)
    yield limit("G11b", "frames that waited for her when cut", waited, FRAMES, "")
    code = hers.closed[0] if hers.closed else 0
    yield limit("G11c", "not cut with 4408", int(code != Close.TOO_SLOW), 0, "")
    yield shown("G11", "frames in the kernel by then", len(hers.heard), "")


def _cut(server: Server, others: int) -> float:
    """When the server has forgotten her socket, or a moment after it."""
    until = time.perf_counter() + PATIENCE
    while server.counted["sockets"] > others:
        if time.perf_counter() > until:
            return float("inf")
        time.sleep(0.02)
    return time.perf_counter()
