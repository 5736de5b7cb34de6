"""`bin/bench chat`: the goals of conversations, beside their peers in the same run."""

import argparse
import logging
from collections.abc import Callable, Iterator, Sequence

from benches.chat import people
from benches.chat.bench import Bench, limit, shown, tell
from benches.chat.client.service import Client
from benches.chat.parts import circles, fan, memory, removal, returns, stalled, two
from benches.chat.peers import table
from benches.chat.site import CLIENT, cores
from benches.goals import Goal, report

MEMBERS = 1100
PARTS: dict[Callable[[Bench], Iterator[Goal]], set[int]] = {
    fan.measure: {1, 2, 3, 12},
    circles.measure: {4},
    memory.measure: {6},
    memory.churn: {7},
    returns.storm: {8},
    returns.restart: {9},
    removal.measure: {10},
    stalled.measure: {11},
    circles.typing: {13},
    two.measure: {14},
}
FAULTS = {
    "lost": ("lost", "answered for, and not in the table as answered"),
    "twice": ("doubled", "told somebody twice"),
    "order": ("disordered", "told somebody after a later one"),
    "gaps": ("gaps", "in the table, and not told somebody who was there"),
}


def main(argv: list[str]) -> int:
    options = _options(argv)
    logging.disable(logging.INFO)
    table.make()
    bench = Bench(Client(cores()[CLIENT]), _members(), options.quick)
    try:
        goals = list(measure(bench, options.only))
    finally:
        bench.client.end()
    return report("chat", len(bench.members), goals, as_json=options.json)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench chat")
    parser.add_argument("--only", type=_numbers, default=set(), metavar="G1,G4,…")
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(argv)


def _numbers(names: str) -> set[int]:
    return {int(name.strip().upper().removeprefix("G")) for name in names.split(",")}


def _members() -> Sequence[people.Member]:
    tell(f"{MEMBERS} members come")
    return people.settle(MEMBERS)


def measure(bench: Bench, only: set[int]) -> Iterator[Goal]:
    for part, numbers in PARTS.items():
        if not only or only & numbers:
            yield from part(bench)
    yield from _faults(bench)


def _faults(bench: Bench) -> Iterator[Goal]:
    """Of everything that was answered for in this run."""
    for name, (kind, what) in FAULTS.items():
        yield limit(name, what, bench.audit.faults[kind], 0, "")
    yield shown("audit", "messages answered for", bench.audit.acknowledged, "")
    yield shown("audit", "deliveries held against them", bench.audit.delivered, "")
    yield shown("client", "of its core, at most", 100 * bench.busy, "%")
