"""Batches form by themselves, keep the order of each room, and nothing poisons them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from psycopg.errors import DataError, LockNotAvailable

from messaging.live import counters
from messaging.live.counters import Counters
from messaging.live.pool import AwayError
from messaging.live.writer import BATCH, Writer
from messaging.log import Entry, Outcome, Refusal, Refused, Submission
from network.activity.live.together import Together

KEPT = Refused(Refusal.GONE)  # as good as any outcome
Append = Callable[[Sequence[Submission]], Awaitable[Sequence[Outcome]]]
ROOMS = [uuid4() for _ in range(4)]


def asked(number: int, room: UUID = ROOMS[0]) -> Submission:
    return Submission(room, uuid4(), "message", uuid4(), detail=str(number))


class Log:
    """Notes what is asked of it, and fails at what is poisoned."""

    def __init__(self, poisoned: set[str] | None = None) -> None:
        self.poisoned = poisoned or set()
        self.batches: list[list[str]] = []
        self.underway: list[UUID] = []
        self.most_underway = 0
        self.is_away = False
        self.locked: set[UUID] = set()
        self.tried: list[set[UUID]] = []
        self.gives_up = asyncio.Event()
        self.gives_up.set()

    def unlock(self) -> None:
        self.locked.clear()
        self.gives_up.set()

    async def append(self, batch: Sequence[Submission]) -> Sequence[Outcome]:
        rooms = {one.conversation for one in batch}
        assert not rooms & set(self.underway)
        self.underway += rooms
        self.most_underway = max(self.most_underway, len(self.underway))
        await asyncio.sleep(0.002)
        self.underway = [room for room in self.underway if room not in rooms]
        if self.is_away:
            raise AwayError
        if self.locked & rooms:
            self.tried.append(rooms)
            await self.gives_up.wait()
            raise LockNotAvailable
        if self.poisoned & {one.detail for one in batch}:
            raise DataError
        self.batches.append([one.detail for one in batch])
        return [KEPT] * len(batch)


async def written(
    log: Log, all_asked: Sequence[Submission], counted: Counters | None = None
) -> dict[str, object]:
    became: dict[str, object] = {}
    kept: list[Entry] = []
    writer = Writer(log.append, kept.extend, counted or Counters())
    for one in all_asked:
        writer.put(one, lambda outcome, one=one: became.update({one.detail: outcome}))  # type: ignore[misc]
    async with asyncio.timeout(60):
        await writer.finish()
    return became


def test_what_comes_meanwhile_is_the_next_batch_in_its_order() -> None:
    log = Log()
    became = asyncio.run(written(log, [asked(n) for n in range(300)]))

    assert [n for batch in log.batches for n in batch] == [str(n) for n in range(300)]
    assert [len(batch) for batch in log.batches] == [
        1,
        BATCH,
        BATCH,
        300 - 1 - 2 * BATCH,
    ]
    assert set(became.values()) == {KEPT}


@pytest.mark.parametrize("poisoned", [{"0"}, {"7"}, {"3", "99", "100"}])
def test_what_is_poisoned_stops_nobody_else(poisoned: set[str]) -> None:
    log = Log(poisoned)
    became = asyncio.run(
        written(log, [asked(n, ROOMS[n % len(ROOMS)]) for n in range(120)])
    )

    assert {n for n, outcome in became.items() if outcome is None} == poisoned
    assert len(became) == 120
    for number in range(len(ROOMS)):
        own = [
            n for batch in log.batches for n in batch if int(n) % len(ROOMS) == number
        ]
        assert own == sorted(own, key=int)


def test_rooms_go_side_by_side_but_none_twice_at_once() -> None:
    log = Log()
    asyncio.run(written(log, [asked(n, ROOMS[n % 4]) for n in range(100)]))

    assert log.most_underway > 1


def test_once_it_finishes_nothing_more_is_taken() -> None:
    log, answers = Log(), list[Outcome | None]()

    async def stopping() -> bool:
        writer = Writer(log.append, lambda kept: None, Counters())
        assert all(writer.put(asked(n), answers.append) for n in range(200))
        finishing = asyncio.create_task(writer.finish())
        await asyncio.sleep(0)
        taken = writer.put(asked(200), answers.append)
        await finishing
        return taken

    assert asyncio.run(stopping()) is False
    assert answers == [KEPT] * 200


def test_without_a_database_everybody_is_told_so_at_once() -> None:
    log = Log()
    log.is_away = True
    became = asyncio.run(written(log, [asked(n) for n in range(50)]))

    assert list(became.values()) == [None] * 50
    assert log.batches == []


def test_questions_that_come_together_are_asked_together() -> None:
    rounds: list[list[int]] = []

    async def ask(questions: Sequence[int]) -> dict[int, int]:
        rounds.append(list(questions))
        await asyncio.sleep(0.002)
        if 13 in questions:
            raise AwayError
        return {question: question * 2 for question in questions if question != 4}

    async def many() -> list[object]:
        together = Together(ask)
        first = asyncio.gather(*map(together, [1, 2, 2, 3]))
        await asyncio.sleep(0.001)
        later = asyncio.gather(*map(together, [4, 5]))
        found: list[object] = [*await first, *await later]
        failed = await asyncio.gather(*map(together, [13, 14]), return_exceptions=True)
        return [*found, *map(type, failed), await together(6)]

    assert asyncio.run(many()) == [2, 4, 4, 6, None, 10, AwayError, AwayError, 12]
    assert rounds == [[1, 2, 3], [4, 5], [13, 14], [6]]


def test_a_locked_room_is_unavailable_and_then_holds_up_nobody() -> None:
    log, answers = Log(), dict[str, Outcome | None]()
    writer = Writer(log.append, lambda kept: None, Counters())
    log.locked = set(ROOMS[:3])

    def put(number: int, room: UUID) -> None:
        one = asked(number, room)
        writer.put(one, lambda outcome: answers.update({one.detail: outcome}))

    async def answered(*numbers: int) -> None:
        async with asyncio.timeout(60):
            while not {str(number) for number in numbers} <= answers.keys():
                await asyncio.sleep(0.001)

    async def story() -> None:
        for number in range(8):
            put(number, ROOMS[number % 4])
        await answered(*range(8))
        log.gives_up.clear()
        log.tried.clear()
        for number in range(8, 12):
            put(number, ROOMS[number % 4])
        await answered(11)
        assert answers.keys().isdisjoint({"8", "9", "10"})
        assert log.tried == [{ROOMS[0]}]
        log.unlock()
        await writer.finish()

    asyncio.run(story())
    unavailable = {"0", "1", "2", "4", "5", "6", "8"}
    assert {n for n, outcome in answers.items() if outcome is None} == unavailable
    assert len(answers) == 12


def test_a_process_says_how_it_fares_when_something_happened(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A server in another thread may say how it fares itself."""
    monkeypatch.setattr(counters, "EVERY", 0.01)
    caplog.set_level(logging.INFO, counters.__name__)
    counted = Counters()

    def heard() -> list[dict[str, Any]]:
        here = [one for one in caplog.records if one.threadName == "MainThread"]
        return [cast(dict[str, Any], one.msg) for one in here]

    async def story() -> None:
        saying = asyncio.create_task(counted.run())
        await asyncio.sleep(0.1)
        assert heard() == []
        await written(Log(), [asked(0), asked(1)], counted)
        async with asyncio.timeout(60):
            while not heard() or heard()[-1]["entries"] < 2:
                await asyncio.sleep(0.01)
        count = len(heard())
        await asyncio.sleep(0.1)
        assert len(heard()) == count
        saying.cancel()

    asyncio.run(story())
    line = heard()[-1]
    assert line["event"] == "conversations_counted"
    assert line["answered"] == counted.answered
    assert sum(counted.answered) == 2
