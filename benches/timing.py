"""Timing several things in turns, so that a busy machine is busy for all of them."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from benches.wanted import Wanted

Times = Mapping[str, Sequence[float]]
Asked = TypeVar("Asked")


def interleaved(
    needs: Sequence[Wanted],
    ways: Mapping[str, Callable[[Wanted], object]],
    *,
    best: int,
) -> Times:
    """Seconds for each need, the best of so many rounds, for each way of asking."""
    times = {name: [float("inf")] * len(needs) for name in ways}
    for _ in range(best):
        for place, need in enumerate(needs):
            for name, way in ways.items():
                taken = seconds(lambda way=way, need=need: way(need))  # type: ignore[misc]
                times[name][place] = min(times[name][place], taken)
    return times


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def percentile(times: Sequence[float], share: float) -> float:
    ranked = sorted(times)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))]
