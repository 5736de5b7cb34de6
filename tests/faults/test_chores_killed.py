"""Much falls due at one moment, in several rooms, and something is killed meanwhile:
two workers and a beat, the database, the queue. It is done once, and in its order.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.faults.audit import Room, ask
from tests.faults.chores import Chores, Round
from tests.faults.colleague import Colleague, following, until
from tests.faults.house import settled
from tests.faults.site import Site, frozen, kill
from tests.faults.test_live import run

pytestmark = pytest.mark.fault
BEGIN = "from tests.faults.falling import begin; print(begin(4))"


@pytest.fixture(scope="module")
def chores(site: Site) -> Iterator[Chores]:
    reader, token, made = json.loads(run(site, BEGIN).splitlines()[-1])
    ours = Chores(site, token, reader, [Round(**one) for one in made])
    ours.tend()
    yield ours
    ours.end()


def kill_workers_and_beat(chores: Chores, what: Round) -> None:
    with chores.held_up(what):
        chores.kill()


def kill_postgres(chores: Chores, what: Round) -> None:
    with chores.held_up(what):
        kill(chores.site.postgres)


@pytest.mark.parametrize(
    ("number", "trouble"), [(0, kill_workers_and_beat), (1, kill_postgres)]
)
def test_what_falls_due_is_done_once_and_in_its_order(
    chores: Chores, number: int, trouble: Callable[[Chores, Round], None]
) -> None:
    what = chores.rounds[number]

    assert_done(chores, [what], lambda: trouble(chores, what))


def test_what_falls_due_while_the_queue_is_away_is_done_when_it_is_back(
    chores: Chores,
) -> None:
    """And what the workers had begun is done without it."""
    begun, late = chores.rounds[2:]

    def trouble() -> None:
        with frozen(chores.site.keeper, alone=True):
            with chores.held_up(begun):
                kill(chores.site.valkey)
            chores.fall_due(late)

    assert_done(chores, [begun, late], trouble)


def assert_done(
    chores: Chores, rounds: list[Round], trouble: Callable[[], None]
) -> None:
    """A reader of each room was shown its log, each entry once and in order."""
    orders = {room: order for one in rounds for room, order in one.orders.items()}
    rooms = [a_room(chores, room) for room in orders]

    def are_over() -> bool:
        chores.tend()
        return all(map(chores.are_over, rounds))

    async def story() -> None:
        async with following([one for room in rooms for one in room.people]):
            await asyncio.to_thread(trouble)
            await until(are_over, patience=300)
            for room in rooms:
                await settled(room)

    asyncio.run(story())
    assert {room.id: messages_of(room) for room in rooms} == orders
    for room in rooms:
        room.audit()
    expected = Counter(tuple(told) for one in rounds for told in one.told)
    assert chores.told(rounds) == expected


def a_room(chores: Chores, room: str) -> Room:
    reader = Colleague(chores.reader, chores.token, chores.site.port, room)
    reader.epoch = ask(reader, "GET", f"/{room}").said["epoch"]
    return Room(chores.site, room, [reader])


def messages_of(room: Room) -> list[str | None]:
    return [row.client_id for row in room.log() if row.kind == "message"]
