"""No server lives on without what it does beside its sockets."""

import asyncio
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from network.activity.live import chores


@pytest.fixture
def stops() -> Iterator[list[int]]:
    """Whatever tells the process to stop."""
    heard: list[int] = []

    def hear(number: int, _: FrameType | None) -> None:
        heard.append(number)

    before = signal.signal(signal.SIGTERM, hear)
    yield heard
    signal.signal(signal.SIGTERM, before)


async def fails() -> None:
    raise KeyError("nobody thought of this")


async def goes_on() -> None:
    await asyncio.Event().wait()


async def for_a_moment(*, failing: bool) -> None:
    tasks = chores.begin([goes_on(), *([fails()] if failing else [])])
    await asyncio.sleep(0.01)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def test_a_chore_that_fails_stops_the_server(stops: list[int]) -> None:
    asyncio.run(for_a_moment(failing=True))

    assert stops == [signal.SIGTERM]


def test_a_server_that_stops_ends_its_chores_in_peace(stops: list[int]) -> None:
    asyncio.run(for_a_moment(failing=False))

    assert stops == []
