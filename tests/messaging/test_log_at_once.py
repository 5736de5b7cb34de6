"""Many write at once: threads and event loops on a real database."""

import asyncio
import os
import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections, transaction
from psycopg.pq import TransactionStatus

from messaging.actions.conversations import start_direct
from messaging.actions.members import leave, remove_member
from messaging.actions.muting import mute
from messaging.log import (
    Kept,
    Outcome,
    Reading,
    Submission,
    append_async,
    ask_async,
    mark_read,
    read_entries,
)
from messaging.models import Conversation, Membership
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.locks import until_somebody_waits
from tests.messaging.saying import asked, boxed, code_of, her, kept, log_of, place_of

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")
THREADS, EACH = 8, 50
FAILS_LATE = """
CREATE FUNCTION fails_late() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'too late'; END $$;
CREATE CONSTRAINT TRIGGER fails_late AFTER INSERT ON messaging_message
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fails_late();
"""


def together(jobs: Iterable[Callable[[], T]]) -> list[T]:
    """Each in a thread with a connection of its own, all begun at once."""
    ready = list(jobs)
    barrier = Barrier(len(ready), timeout=60)

    def run(job: Callable[[], T]) -> T:
        barrier.wait()
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(ready)) as threads:
        return list(threads.map(run, ready))


async def a_line() -> psycopg.AsyncConnection[Any]:
    """As a web process opens one for its sockets."""
    known = connection.settings_dict
    return await psycopg.AsyncConnection.connect(
        dbname=known["NAME"],
        user=known["USER"],
        host=known["HOST"],
        port=known["PORT"],
        autocommit=True,
    )


def assert_whole(conversation: Conversation, messages: int) -> None:
    rows = log_of(conversation)
    conversation.refresh_from_db()
    assert [row.seq for row in rows] == list(range(1, messages + 1))
    assert [row.ordinal for row in rows] == list(range(1, messages + 1))
    assert len({row.client_id for row in rows}) == messages
    assert conversation.last_seq == conversation.last_ordinal == messages
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_eight_threads_write_to_three_conversations_without_gap_or_double(
    ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    rooms = [a_conversation(dana, ana, ben) for _ in range(3)]
    people = [ana, ben, dana]

    def writer(number: int) -> list[tuple[Submission, Outcome]]:
        chance = random.Random(number)  # noqa: S311 no secret
        waiting = [
            boxed(chance.choice(people), chance.choice(rooms)) for _ in range(EACH)
        ]
        done: list[tuple[Submission, Outcome]] = []
        while waiting:
            size = chance.randint(1, 9)
            # Overlapping: what was said last is said again with the next ones.
            batch = [one for one, _ in done[-2:]] + waiting[:size]
            del waiting[:size]
            done += zip(batch, kept(*batch), strict=True)
        return done

    said = together([partial(writer, number) for number in range(THREADS)])

    acked: dict[tuple[UUID, UUID], set[int]] = {}
    for one, outcome in [pair for pairs in said for pair in pairs]:
        assert isinstance(outcome, Kept)
        acked.setdefault((one.conversation, one.client_id), set()).add(
            outcome.entry.seq
        )
    assert len(acked) == THREADS * EACH
    assert all(len(seqs) == 1 for seqs in acked.values())
    for room in rooms:
        mine = [seqs for (where, _), seqs in acked.items() if where == room.public_id]
        assert_whole(room, len(mine))
    for pairs in said:
        assert_in_order(pairs)


def assert_in_order(pairs: list[tuple[Submission, Outcome]]) -> None:
    """What one writer said one after the other stands so in the log."""
    last: dict[object, int] = {}
    for one, outcome in pairs:
        if isinstance(outcome, Kept) and outcome.is_new:
            assert outcome.entry.seq > last.get(one.conversation, 0)
            last[one.conversation] = outcome.entry.seq


def test_twins_in_two_batches_at_once_are_kept_once(
    ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    for _ in range(10):
        one, other = boxed(ana, room), boxed(ben, room)
        orders = [(one, other), (other, one)]
        outcomes = together([partial(kept, *order) for order in orders])
        done = [outcome for batch in outcomes for outcome in batch]
        assert [code_of(outcome) for outcome in done] == ["kept"] * 4
        new = [outcome for outcome in done if isinstance(outcome, Kept)]
        assert sum(outcome.is_new for outcome in new) == 2
    assert_whole(room, 20)


def test_batches_that_name_conversations_in_opposite_orders_do_not_deadlock(
    ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    rooms = [a_conversation(dana, ana, ben) for _ in range(4)]

    def writer(turn: int) -> int:
        for _ in range(15):
            batch = [boxed(ana, room) for room in rooms[::turn]]
            assert {code_of(one) for one in kept(*batch)} == {"kept"}
        return 15

    assert sum(together([partial(writer, turn) for turn in (1, -1, 1, -1)])) == 60
    for room in rooms:
        assert_whole(room, 60)


def test_reading_and_writing_at_once_neither_deadlock_nor_go_back(
    ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    rooms = [a_conversation(dana, ana, ben) for _ in range(3)]

    def write() -> None:
        for _ in range(25):
            kept(*[boxed(who, room) for room in rooms for who in (ana, ben)])

    def read() -> None:
        for seq in range(1, 40):
            readings = [
                Reading(room.public_id, her(who).public_id, seq)
                for room in rooms[::-1]
                for who in (ben, ana)
            ]
            with transaction.atomic(), connection.cursor() as cursor:
                question = mark_read(readings)
                cursor.execute(question.sql, question.parameters)

    together([write, read, write, read])

    for room in rooms:
        assert_whole(room, 100)
        for who in (ana, ben):
            place = place_of(who, room)
            assert place.read_seq >= 99
            after = [row for row in log_of(room) if row.seq > place.read_seq]
            assert place.unread == len(after)


HOLD = """
SELECT FROM messaging_membership WHERE id = %s FOR NO KEY UPDATE NOWAIT
"""


def test_a_batch_of_several_rounds_locks_all_places_in_one_order(
    ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    """Whoever waits for one of them holds none that comes after it."""
    room = a_conversation(dana, ana, ben)
    kept(boxed(dana, room))
    first, _, last = sorted(Membership.objects.values_list("pk", flat=True))
    pins = [asked(dana, room, kind, target=1) for kind in ("pin", "unpin")]
    who = {place_of(one, room).pk: one for one in (ana, ben, dana)}
    batch = [boxed(who[last], room), *pins, boxed(who[first], room)]

    def write() -> set[str]:
        return {code_of(one) for one in kept(*batch)}

    def read() -> set[str]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(HOLD, [first])
            is_held.set()
            until_somebody_waits()
            cursor.execute(HOLD, [last])
        return {"kept"}

    is_held = Event()

    def write_then() -> set[str]:
        assert is_held.wait(60), "nobody holds it"
        return write()

    assert together([write_then, read]) == [{"kept"}] * 2


Burst = list[tuple[bool, Outcome]]


class Removal:
    """Somebody is removed in the middle of a burst of hers."""

    def __init__(self, room: Conversation, who: Clinician, by: Clinician) -> None:
        self.room, self.who, self.by = room, who, by
        self.is_done, self.is_over = Event(), Event()

    def burst(self) -> Burst:
        """Whether the removal was committed before it was sent, and what came of it."""
        said: Burst = []
        while not self.is_over.is_set():
            was_done = self.is_done.is_set()
            said += [(was_done, one) for one in kept(boxed(self.who, self.room))]
        return said

    def remove(self) -> Burst:
        end = monotonic() + 60
        try:
            while not log_of(self.room):
                assert monotonic() < end, "nothing was written"
            remove_member(self.room, self.who, by=her(self.by))
            self.is_done.set()
            for _ in range(60):
                kept(boxed(self.by, self.room))
        finally:
            self.is_over.set()
        return []


def test_a_removed_member_is_never_acknowledged_after_the_removal(
    ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    room = a_conversation(dana, ana, ben)
    removal = Removal(room, ana, by=dana)

    bursts = together([removal.burst, removal.burst, removal.remove])

    said = [pair for burst in bursts for pair in burst]
    assert {code_of(one) for was_done, one in said if was_done} == {"not_found"}
    rows = log_of(room)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    [gone] = [row.seq for row in rows if row.kind == "removed"]
    hers = {row.seq for row in rows if row.sender_id == ana.pk}
    assert 0 < max(hers) < gone
    assert hers == {one.entry.seq for _, one in said if isinstance(one, Kept)}


def test_two_who_open_a_conversation_at_once_get_one(
    ana: Clinician, ben: Clinician
) -> None:
    found = together(
        [
            lambda: start_direct(ana, ben, by=her(ana)),
            lambda: start_direct(ben, ana, by=her(ben)),
        ]
        * 3
    )

    assert len({one.pk for one in found}) == 1
    assert Membership.objects.filter(conversation=found[0]).count() == 2


def test_an_event_loop_writes_into_the_same_log(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    rooms = [a_direct(ana, ben), a_conversation(ana, ben)]
    first = boxed(ana, rooms[0])

    async def burst() -> list[list[Outcome]]:
        lines = [await a_line() for _ in range(4)]
        try:
            return await asyncio.gather(*[write(line) for line in lines])
        finally:
            for line in lines:
                await line.close()

    async def write(line: psycopg.AsyncConnection[Any]) -> list[Outcome]:
        done = []
        for _ in range(20):
            batch = [boxed(who, room) for room in rooms for who in (ana, ben, cleo)]
            done += await append_async(line, [*batch, first])
        return done

    outcomes = [one for done in asyncio.run(burst()) for one in done]

    assert [code_of(one) for one in outcomes].count("not_found") == 4 * 20 * 2
    new = [one for one in outcomes if isinstance(one, Kept) and one.is_new]
    assert len(new) == 4 * 20 * 4 + 1
    assert_whole(rooms[0], 161)
    assert_whole(rooms[1], 160)


def test_an_event_loop_reads_and_moves_places_like_a_page(
    ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)

    async def story() -> tuple[list[int], int]:
        line = await a_line()
        async with line:
            await append_async(line, [boxed(ana, room) for _ in range(3)])
            done = await append_async(
                line,
                [asked(ana, room, kind, target=2) for kind in ("pin", "recall", "pin")],
            )
            assert [code_of(one) for one in done] == ["kept", "kept", "gone"]
            entries = await ask_async(line, read_entries(room.public_id, 1, 9))
            reading = Reading(room.public_id, her(ben).public_id, 2)
            [place] = await ask_async(line, mark_read([reading]))
            return [entry.seq for entry in entries], place.unread

    assert asyncio.run(story()) == ([2, 3, 4, 5], 1)


def test_a_statement_that_fails_in_the_loop_leaves_nothing_behind(
    ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    broken = boxed(ana, room, expires_in=2**31)  # no integer of the database

    async def story() -> str:
        line = await a_line()
        async with line:
            with pytest.raises(psycopg.DataError):
                await append_async(line, [boxed(ana, room), broken])
            [outcome] = await append_async(line, [boxed(ana, room)])
            return code_of(outcome)

    assert asyncio.run(story()) == "kept"
    assert_whole(room, 1)


def test_what_fails_only_when_it_is_committed_is_answered_for_by_nobody(
    ana: Clinician, ben: Clinician
) -> None:
    """As a check does that waits for the end of the transaction."""
    room = a_direct(ana, ben)

    async def story() -> None:
        async with await a_line() as line:
            with pytest.raises(psycopg.errors.RaiseException):
                await append_async(line, [boxed(ana, room)])
            assert line.info.transaction_status == TransactionStatus.IDLE

    name = connection.settings_dict["NAME"]
    address = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(address, dbname=name, autocommit=True) as owner:
        owner.execute(FAILS_LATE)
        try:
            asyncio.run(story())
        finally:
            owner.execute("DROP FUNCTION fails_late CASCADE")
    assert_whole(room, 0)


def test_whoever_is_handed_the_lead_may_change_her_own_place_meanwhile(
    ana: Clinician, ben: Clinician, transactional_db: None
) -> None:
    """Neither waits for what the other one holds."""
    room = a_conversation(ana, ben)

    def ana_leaves() -> None:
        try:
            leave(room, by=her(ana))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        Membership.objects.select_for_update(no_key=True).get(pk=place_of(ben, room).pk)
        leaving = threads.submit(ana_leaves)
        with pytest.raises(TimeoutError):
            leaving.result(timeout=1)
        mute(room, "hour", by=her(ben))
        transaction.on_commit(lambda: leaving.result(timeout=60))

    assert place_of(ben, room).is_owner
    assert place_of(ben, room).is_muted
