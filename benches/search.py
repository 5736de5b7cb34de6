"""How quickly colleagues are found, beside the floors and the first attempt.

Everything is measured in one run against the same crowd; every answer is held to
brute force. Times are the best of a few, percentiles are over the needs.
"""

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import mean, median
from typing import TypeVar

from benches.edits import edits
from benches.goals import Goal, report
from benches.throughput import throughput
from benches.timing import Times, interleaved, percentile
from benches.town import Town, build

SIZE = 100_000
Told = TypeVar("Told")


@dataclass(frozen=True)
class Bars:
    """What is asked at one size: ratios, or milliseconds, which are only shown."""

    floor_p50: float
    floor_p95: float
    naive_p50: float
    naive_p95: float
    directory_p95: float | None
    clients: float | None
    counts: float
    hints: float
    worst: tuple[float, float]


BARS = {
    10_000: Bars(2.5, 5, 3.5, 9, 10, 6, 3, 5, (2, 4)),
    100_000: Bars(4, 20, 10, 25, 30, 20, 1.7, 2.2, (8, 20)),
    1_000_000: Bars(13, 110, 25, 25, None, None, 1.7, 1.8, (60, 120)),
}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench search")
    parser.add_argument("--size", type=int, default=SIZE, metavar="CLINICIANS")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    logging.disable(logging.INFO)  # a line for every request would be measured too
    goals = list(measure(options.size))
    return report("search", options.size, goals, as_json=options.json)


def measure(size: int) -> Iterator[Goal]:
    bars = BARS[min(BARS, key=lambda known: abs(known - size))]
    town = _tell("a crowd is made and loaded", lambda: build(size))
    yield from _right(_tell("answers are held to brute force", town.wrong))
    floor = _tell("the search beside its floor", lambda: _floor(town))
    yield from _floors(floor, bars)
    yield from _peers(_tell("the search beside others", lambda: _others(town)), bars)
    yield from _counted(_tell("counts and hints", lambda: _counts(town)), bars, size)
    yield from _tell("eight clients", lambda: throughput(town, bars.clients))
    yield from _tell("edits", lambda: edits(town))


def _tell(what: str, work: Callable[[], Told]) -> Told:
    """Progress goes where results do not."""
    sys.stderr.write(f"{what} …\n")
    return work()


def _floor(town: Town) -> Times:
    return interleaved(town.needs, {"floor": town.floor, "search": town.rank}, best=5)


def _others(town: Town) -> Times:
    ways = {"search": town.rank, "naive": town.naive, "directory": town.directory}
    few = town.needs[:: max(1, len(town.people) // 50_000)]
    return interleaved(few, ways, best=2)


def _counts(town: Town) -> Times:
    ways = {
        "search": town.rank,
        "counts": town.count,
        "hints": town.hint,
        "api": town.post,
    }
    return interleaved(town.needs, ways, best=5)


def _right(wrong: int) -> Iterator[Goal]:
    yield Goal("right", "answers unlike brute force", wrong, 0, "", wrong == 0)


def _floors(times: Times, bars: Bars) -> Iterator[Goal]:
    floor = median(times["floor"])
    p50, p95 = percentile(times["search"], 0.5), percentile(times["search"], 0.95)
    yield _most("p50", "search p50, in floors", p50 / floor, bars.floor_p50)
    yield _most("p95", "search p95, in floors", p95 / floor, bars.floor_p95)
    yield _shown("floor", "the floor: twenty rows by key", 1000 * floor)
    yield _shown("ms95", "search p95", 1000 * p95, bars.worst[0])
    yield _shown("worst", "slowest search", 1000 * max(times["search"]), bars.worst[1])


def _peers(times: Times, bars: Bars) -> Iterator[Goal]:
    for name, share, bar in (
        ("naive", 0.5, bars.naive_p50),
        ("naive", 0.95, bars.naive_p95),
        ("directory", 0.95, bars.directory_p95),
    ):
        mine, others = (percentile(times[way], share) for way in ("search", name))
        what = f"faster than the {name} at p{100 * share:.0f}"
        if bar is not None:
            yield _least(f"{name}{100 * share:.0f}", what, others / mine, bar)


def _counted(times: Times, bars: Bars, size: int) -> Iterator[Goal]:
    p95 = {name: percentile(taken, 0.95) for name, taken in times.items()}
    hints = mean(times["hints"]) / mean(times["search"])
    api = p95["api"] / p95["counts"]
    if size < 50_000:  # there the search costs less than Django does
        yield _shown("api", "the API, p95", 1000 * p95["api"])
        yield _shown("counts", "search with counts, p95", 1000 * p95["counts"], 3)
        yield _shown("hints", "with hints as well, p95", 1000 * p95["hints"], 5)
    else:
        yield _most("api", "the API, p95, in counts", api, 3)
        ratio = p95["counts"] / p95["search"]
        yield _most("counts", "with counts, p95, in searches", ratio, bars.counts)
        yield _most("hints", "with hints as well, mean", hints, bars.hints)


def _most(name: str, what: str, measured: float, goal: float) -> Goal:
    return Goal(name, what, round(measured, 3), goal, "x", measured <= goal)


def _least(name: str, what: str, measured: float, goal: float) -> Goal:
    return Goal(name, what, round(measured, 3), goal, "x", measured >= goal)


def _shown(name: str, what: str, milliseconds: float, goal: float = 0) -> Goal:
    """Absolute times are the machine's; they are shown and never judged."""
    return Goal(name, what, round(milliseconds, 3), goal, "ms", ok=True)
