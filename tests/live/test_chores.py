"""No server lives on without what it does beside its sockets."""

import asyncio
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType

import pytest
from pytest_django import DjangoDbBlocker

from network.activity import live
from network.activity.live import chores
from network.clinicians.models import Clinician
from tests.live.test_revocation import ENDED, SOON, deactivate
from tests.live.web import Web, close_code, ends_of_chores


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
    await chores.end(tasks)


async def takes_the_word_for_a_failure() -> None:
    """As a group of tasks does whose line breaks at the same moment."""
    for _ in range(2):
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()


async def ended() -> bool:
    tasks = chores.begin([takes_the_word_for_a_failure(), goes_on()])
    await asyncio.sleep(0.01)
    async with asyncio.timeout(60):
        await chores.end(tasks)
    return all(task.done() for task in tasks)


def test_a_chore_that_did_not_hear_its_end_is_told_again(stops: list[int]) -> None:
    assert asyncio.run(ended())


def test_a_chore_that_fails_stops_the_server(stops: list[int]) -> None:
    asyncio.run(for_a_moment(failing=True))

    assert stops == [signal.SIGTERM]


def test_a_server_that_stops_ends_its_chores_in_peace(stops: list[int]) -> None:
    asyncio.run(for_a_moment(failing=False))

    assert stops == []


def test_a_test_hears_of_a_chore_that_ends_in_another_thread(stops: list[int]) -> None:
    failing = for_a_moment(failing=True)
    server = threading.Thread(target=asyncio.run, args=(failing,))
    with ends_of_chores(server) as ended:
        server.start()
        server.join(60)

    assert "nobody thought of this" in ended[0]
    assert stops == []


def test_the_server_of_the_tests_sees_who_may_stay_also_after_them(
    web: Web, ana: Clinician, django_db_blocker: DjangoDbBlocker
) -> None:
    """Between two of them its watch looks once more after whoever was there."""
    assert ana.user
    with web.enter(ana), django_db_blocker.block():
        time.sleep(2.5)

    with web.enter(ana) as tab:
        deactivate(ana.user)
        live.recheck([ana.user])
        assert close_code(tab, SOON) == ENDED
