"""Colleagues write in one room from two web processes while something is killed.

Afterwards every member was shown the log as it stands, each of its entries once and in
order, and all that was acknowledged is in it.
"""

import asyncio
import json
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic
from uuid import uuid4

import pytest
from redis import Redis

from tests.faults.audit import Room, ask
from tests.faults.colleague import (
    REMOVED,
    Colleague,
    following,
    kinds_of,
    until,
)
from tests.faults.house import (
    CANARY,
    PEOPLE,
    House,
    Web,
    keystore_away,
    settled,
    storm,
)
from tests.faults.site import Site, answers, free_port, frozen, wait_until
from tests.faults.test_live import run

pytestmark = pytest.mark.fault
TOO_SLOW = 4408
FAT, FAT_ONES = "🪶" * 7_900, 60
UNREAD = """
import json
from messaging.counting import unread_of as unread
from network.clinicians.models import Clinician
people = Clinician.objects.filter(public_id__in={!r})
print(json.dumps({{str(p.public_id): unread(p) for p in people}}))
"""


@pytest.fixture(scope="module")
def house(site: Site) -> Iterator[House]:
    webs = [Web(site, site.place.log(f"storm-{number}")) for number in (1, 2)]
    try:
        for web in webs:
            web.port = free_port()
            web.start()
            wait_until(partial(answers, web.port), patience=120)
        yield House(site, webs, json.loads(run(site, PEOPLE).splitlines()[-1]))
    finally:
        for web in webs:
            web.end(signal.SIGTERM)


def test_a_web_process_that_is_killed_loses_nothing_of_a_burst(house: House) -> None:
    """Of three who write, one says everything twice; the fourth reads."""
    room = house.begin(0, 1, 0, 0)
    ana, ben, dana, _ = room.people
    ana.times = ben.times = 2

    def trouble() -> None:
        house.webs[0].end(signal.SIGKILL)
        house.webs[0].start()

    asyncio.run(storm(room, [ana, ben, dana], trouble))

    assert len(ana.lines) > 1
    room.audit()


def kill_valkey(site: Site) -> None:
    site.valkey.send_signal(signal.SIGKILL)


def freeze_valkey(site: Site) -> None:
    with frozen(site.valkey):
        time.sleep(2)


def kill_postgres(site: Site) -> None:
    site.postgres.send_signal(signal.SIGKILL)


def freeze_postgres(site: Site) -> None:
    with frozen(site.postgres):
        time.sleep(2)


@pytest.mark.parametrize(
    "trouble", [kill_valkey, freeze_valkey, kill_postgres, freeze_postgres]
)
def test_a_server_that_is_killed_or_silent_loses_nothing_of_a_burst(
    house: House, trouble: Callable[[Site], None]
) -> None:
    room = house.begin(0, 1, 0, 1)
    ana, ben, _, _ = room.people
    ana.times = 2

    asyncio.run(storm(room, [ana, ben], lambda: trouble(house.site)))

    room.audit()


def test_a_member_who_is_removed_in_a_burst_is_shown_nothing_after(
    house: House,
) -> None:
    room = house.begin(0, 1, 0, 1)
    ana, ben, _, eli = room.people
    removed: list[float] = []

    def trouble() -> None:
        assert ask(ana, "DELETE", f"/{room.id}/members/{eli.id}").status == 204
        removed.append(monotonic())

    asyncio.run(storm(room, [ana, ben, eli], trouble))

    room.audit()
    assert cut_at(eli) - max(removed[0], heard_at(ben, "removed")) < 2


def test_without_valkey_a_removed_member_is_cut_within_five_seconds(
    house: House,
) -> None:
    room = house.begin(0, 1, 0, 1)
    ana, ben, _, eli = room.people
    removed: list[float] = []

    def trouble() -> None:
        with frozen(house.site.valkey):
            assert ask(ana, "DELETE", f"/{room.id}/members/{eli.id}").status == 204
            removed.append(monotonic())
            wait_until(lambda: REMOVED in eli.codes, patience=8)

    asyncio.run(storm(room, [ana, ben, eli], trouble))

    room.audit()
    assert cut_at(eli) - removed[0] < 5


def heard_at(one: Colleague, kind: str) -> float:
    return next(it.at for it in one.shown if it.kind == kind)


def cut_at(one: Colleague) -> float:
    return next(line.ended for line in one.lines if line.code == REMOVED)


def test_a_reader_who_stops_is_cut_and_catches_up(house: House) -> None:
    """Meanwhile the others are shown all of it, from either process."""
    room = house.begin(0, 1, 0, 0)
    *others, eli = room.people
    eli.is_narrow = True
    everything = FAT_ONES * len(others)

    async def story() -> None:
        async with following(room.people):
            eli.reads.clear()
            for _ in range(FAT_ONES):
                await asyncio.gather(*(one.send(FAT) for one in others))
                await asyncio.sleep(0.12)  # no faster than an account may
            await until(lambda: all(len(one.shown) == everything for one in others))
            assert len(eli.shown) < everything / 2
            eli.reads.set()
            await until(lambda: TOO_SLOW in eli.codes)
            await settled(room)

    asyncio.run(story())
    room.audit()


def test_a_web_process_that_is_stopped_answers_all_it_has_taken(house: House) -> None:
    room = house.begin(0, 0, 1, 0)
    ana, ben, dana, _ = room.people

    def trouble() -> None:
        house.webs[0].end(signal.SIGTERM)
        for one in (ana, ben):
            assert_answered(one, room)
        house.webs[0].start()

    asyncio.run(storm(room, [ana, ben, dana], trouble))

    room.audit()


def assert_answered(one: Colleague, room: Room) -> None:
    """What is in the log was acknowledged on the line that is gone."""
    wait_until(lambda: one.lines[0].ended > 0)
    assert one.lines[0].code == 1012
    assert "reconnect" in one.lines[0].kinds
    kept = {row.client_id for row in room.log()}
    assert kept & one.said.keys() == one.acked.keys()


def test_without_the_keystore_sending_waits_and_goes_on_by_itself(house: House) -> None:
    room = house.begin(0, 1, 0, 1)
    ana, ben, _, _ = room.people
    said = {"client_id": str(uuid4()), "body": CANARY}

    async def story() -> None:
        async with following(room.people):
            with keystore_away(house.site):
                await ana.send(f"{CANARY} by socket")
                await until(lambda: "error" in kinds_of(ana))
                began = monotonic()
                answer = await asyncio.to_thread(
                    ask, ben, "POST", f"/{room.id}/messages", said
                )
                assert answer.status == 503
                assert answer.said["errors"][0]["code"] == "unavailable"
                assert monotonic() - began < 4
                assert (ana.acked, ana.refused) == ({}, {})
            await until(lambda: ana.acked)
            answer = await asyncio.to_thread(
                ask, ben, "POST", f"/{room.id}/messages", said
            )
            assert answer.status == 201
            await settled(room)

    asyncio.run(story())
    room.audit()


def test_at_the_end_counts_agree_and_no_word_lies_open(house: House) -> None:
    who = [one for one, _ in house.people]
    totals = json.loads(run(house.site, UNREAD.format(who)).splitlines()[-1])
    unread = [room.unread() for room in house.rooms]
    assert totals == {one: sum(room.get(one, 0) for room in unread) for one in who}
    assert totals[who[3]] > 0

    place = house.site.place
    with Redis.from_url(place.valkey_url) as valkey:
        valkey.save()
    logs = [*place.directory.glob("*.log"), place.directory / "dump.rdb"]
    assert len(logs) > 5
    assert [log.name for log in logs if CANARY.encode() in log.read_bytes()] == []
