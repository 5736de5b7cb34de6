"""One message to a room of a hundred, and of a thousand (G1, G2, G3, G12)."""

from collections.abc import Iterator
from dataclasses import dataclass

from benches.chat import people
from benches.chat.bench import Bench, least, most, shown, tell
from benches.chat.client.story import Story
from benches.chat.site import (
    FLOOR,
    FORGETFUL,
    OURS,
    Program,
    peer_specs,
    running,
    stock,
)
from benches.goals import Goal
from benches.timing import percentile

ON_THEIR_WAY = 64
WARM = 0.5  # seconds of a load before anything counts
PAUSE = 0.01
SHORT = 2  # seconds: a hundred accounts may say no more than 4,000 in each


@dataclass(frozen=True)
class Fan:
    """Seconds until everybody had it and until the answer; messages a second."""

    p50: float
    p99: float
    ack: float
    rate: float
    busy: float


def measure(bench: Bench) -> Iterator[Goal]:
    floor = _peer(bench, FLOOR)
    core, _ = (_peer(bench, stock(layer, keeps=False)) for layer in LAYERS)
    kept = max(_peer(bench, stock(layer, keeps=True)).rate for layer in LAYERS)
    ours, forgetful = _ours(bench, OURS), _ours(bench, FORGETFUL)
    thousand = _thousand(bench)

    yield most("G1", "p99 to 100, to group_send", ours.p99 / core.p99, 0.25)
    bar = floor.p50 + 2 * ours.ack + 0.001
    yield most("G2a", "p50 to 100, to floor + 2 acks + 1 ms", ours.p50 / bar, 1)
    yield most("G2b", "p50 to 1,000, to the floor", thousand, 2)
    yield least("G3a", "messages a second, to ORM and group_send", ours.rate / kept, 10)
    yield least("G3b", "messages a second, to the floor", ours.rate / floor.rate, 0.5)
    bar = forgetful.p50 + ours.ack + 0.001
    yield most("G12", "p50, to not keeping + 1 ack + 1 ms", ours.p50 / bar, 1)
    yield from _shown(floor, core, ours)


LAYERS = ("core", "pubsub")


def _shown(floor: Fan, core: Fan, ours: Fan) -> Iterator[Goal]:
    for name, fan in (("floor", floor), ("core", core), ("ours", ours)):
        yield shown(f"{name}", "to 100, p50", 1000 * fan.p50, "ms")
        yield shown(f"{name}", "to 100, p99", 1000 * fan.p99, "ms")
        yield shown(f"{name}", "to 100, messages", fan.rate, "/s")
    yield shown("ours", "to 100, answer p50", 1000 * ours.ack, "ms")


def _peer(bench: Bench, program: Program) -> Fan:
    tell(f"{program.name}, 100 sockets")
    with running(program) as server:
        bench.connect(peer_specs(server.port, {"room": 100}))
        fan = _fan(bench, bench.few(4, 2))
        bench.client.ask("drop")
    return fan


def _ours(bench: Bench, program: Program) -> Fan:
    rooms = people.rooms_of([bench.members[:100]])
    with bench.crowd(rooms, program, is_kept=program is OURS):
        return _fan(bench, SHORT if program is OURS else 0)


def _fan(bench: Bench, fast: float) -> Fan:
    """For so many seconds as fast as it goes; none where nobody asks."""
    times = bench.few(400, 60)
    bench.client.ask("one_by_one", times=100, pause=0)
    single = bench.client.ask("one_by_one", times=times, pause=PAUSE)
    many = _rate(bench, fast) if fast else (0.0, 0.0)
    return Fan(
        percentile(single.everybody, 0.5),
        percentile(single.everybody, 0.99),
        percentile(single.acks or [0.0], 0.5),
        *many,
    )


def _rate(bench: Bench, seconds: float) -> tuple[float, float]:
    """Messages a second, and what the client took of its core for them."""
    many = bench.load("as_fast_as_it_goes", at_once=ON_THEIR_WAY, seconds=seconds)
    return rate(many, seconds), many.busy


def rate(many: Story, seconds: float) -> float:
    """Messages a second that reached everybody."""
    counted = sum(WARM < done <= seconds for done in many.done)
    return counted / (seconds - WARM)


def _thousand(bench: Bench) -> float:
    times = bench.few(100, 20)
    tell("the floor, 1,000 sockets")
    with running(FLOOR) as server:
        bench.connect(peer_specs(server.port, {"room": 1000}))
        floor = bench.client.ask("one_by_one", times=times, pause=PAUSE)
        bench.client.ask("drop")
    with bench.crowd(people.rooms_of([bench.members[:1000]])):
        ours = bench.client.ask("one_by_one", times=times, pause=PAUSE)
    return percentile(ours.everybody, 0.5) / percentile(floor.everybody, 0.5)
