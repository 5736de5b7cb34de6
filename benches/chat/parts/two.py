"""Two workers on two cores, with senders on both (G14)."""

from collections.abc import Iterator

from benches.chat import people
from benches.chat.bench import Bench, least, shown, tell
from benches.chat.client.story import Story
from benches.chat.parts.circles import ON_THEIR_WAY, rooms
from benches.chat.parts.fan import rate
from benches.chat.site import CLIENT, OURS, SERVERS, cores, running
from benches.goals import Goal

# With fewer, the client and a worker share one: no answer to what was asked.
CORES = 4


def measure(bench: Bench) -> Iterator[Goal]:
    seconds = bench.few(4, 2)
    with bench.crowd(rooms(bench)):
        one = rate(_load(bench, seconds), seconds)
    tell("ours, two workers")
    with running(OURS, core=SERVERS) as first, running(OURS, core=CLIENT) as second:
        everybody = rooms(bench)
        halves = [_half(everybody, 0), _half(everybody, 1)]
        for server, half in zip((first, second), halves, strict=True):
            bench.connect(people.specs(server.port, half))
        two = rate(_load(bench, seconds), seconds)
        bench.leave()
    if len(cores()) >= CORES:
        yield least("G14", "messages of two workers, to one", two / one, 1.7)
    else:
        what = "two workers to one, the client on a core of theirs"
        yield shown("G14", what, two / one, "x")


def _half(everybody: people.Rooms, which: int) -> people.Rooms:
    """Of every circle."""
    return {room: group[which::2] for room, group in everybody.items()}


def _load(bench: Bench, seconds: float) -> Story:
    return bench.load("as_fast_as_it_goes", at_once=ON_THEIR_WAY, seconds=seconds)
