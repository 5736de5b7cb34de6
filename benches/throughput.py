"""Eight people at once, each in a process of her own."""

import random
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context

from django.db import connections

from benches.goals import Goal
from benches.town import Town
from benches.wanted import Wanted

CLIENTS, SECONDS = 8, 6.0


def throughput(town: Town, goal: float | None) -> Iterator[Goal]:
    """Searches a second beside the first attempt; at a million only shown."""
    mine = _per_second(town, town.rank)
    if goal is None:
        yield Goal("clients", "searches a second of eight", mine, 120, "/s", ok=True)
        return
    ratio = mine / _per_second(town, town.naive)
    what = "searches of eight at once, to the naive"
    yield Goal("clients", what, round(ratio, 2), goal, "x", ratio >= goal)


def _per_second(town: Town, ask: Callable[[Wanted], object]) -> float:
    connections.close_all()
    context = get_context("fork")
    answers = context.SimpleQueue()
    clients = [
        context.Process(target=_client, args=(town, ask, number, answers))
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    done = sum(answers.get() for _ in clients)
    for client in clients:
        client.join()
    return float(done)


def _client(
    town: Town, ask: Callable[[Wanted], object], number: int, answers: "object"
) -> None:
    lot = random.Random(number)  # noqa: S311 an order, not a secret
    begun, done = time.perf_counter(), 0
    while (taken := time.perf_counter() - begun) < SECONDS:
        ask(lot.choice(town.needs))
        done += 1
    answers.put(done / taken)  # type: ignore[attr-defined]
