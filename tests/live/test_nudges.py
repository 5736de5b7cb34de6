"""What happens is told once it is true, to those whom it concerns, in every process."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from network.activity import live
from network.activity.actions import mark_all_read
from network.activity.actors import Actor
from network.activity.models import Event, Notification
from network.activity.recorder import record
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.live.web import Process, Web, hear, hears_nothing, in_its_own

pytestmark = pytest.mark.django_db(transaction=True)


def greet(*people: Clinician, audience: tuple[Clinician, ...] = ()) -> Event:
    return record(
        Actor.system(),
        "user.greeted",
        people[0] if people else audience[0],
        audience=[one.user for one in audience if one.user],
        notify=[one.user for one in people if one.user],
    )


def nudge(*topics: str) -> dict[str, object]:
    return {"type": "nudge", "topics": sorted(topics)}


@pytest.fixture
def processes(transactional_db: None, tmp_path: Path) -> Iterator[list[Process]]:
    with (
        in_its_own(tmp_path / "one.log") as one,
        in_its_own(tmp_path / "two.log") as two,
    ):
        yield [one, two]


def test_news_reach_every_tab_of_hers_and_nobody_elses(
    web: Web, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    with web.enter(ben) as bens, web.enter(ben) as second, web.enter(cleo) as cleos:
        with transaction.atomic():
            greet(ben)

        told = nudge("notifications", "user", f"user:{ben.public_id}")
        assert hear(bens) == told
        assert hear(second) == told
        assert hears_nothing(cleos)


def test_the_audience_is_told_of_the_subject_but_its_bell_does_not_ring(
    web: Web, ana: Clinician, ben: Clinician
) -> None:
    with web.enter(ana) as anas, web.enter(ben) as bens:
        with transaction.atomic():
            greet(ben, audience=(ana, ben))

        assert hear(anas) == nudge("user", f"user:{ben.public_id}")
        assert hear(bens) == nudge("notifications", "user", f"user:{ben.public_id}")


def test_two_processes_tell_their_own_people(
    processes: list[Process], ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    one, two = processes
    with one.enter(ben) as here, two.enter(ben) as there, two.enter(cleo) as cleos:
        with transaction.atomic():
            greet(ben)

        assert hear(here)["topics"] == hear(there)["topics"]
        assert hears_nothing(cleos)

    assert "/live/" not in one.log.read_text() + two.log.read_text()


def test_nothing_is_told_before_the_commit(web: Web, ben: Clinician) -> None:
    with web.enter(ben) as tab:
        with transaction.atomic():
            greet(ben)
            assert hears_nothing(tab)
        assert hear(tab)["type"] == "nudge"


def test_nothing_is_told_of_what_was_undone(web: Web, ben: Clinician) -> None:
    with web.enter(ben) as tab:
        with transaction.atomic():
            greet(ben)
            transaction.set_rollback(True)

        assert hears_nothing(tab)
    assert not Event.objects.filter(verb="user.greeted").exists()


def test_what_she_read_is_told_to_her_other_tabs(web: Web, ben: Clinician) -> None:
    assert ben.user
    with transaction.atomic():
        greet(ben)
    with web.enter(ben) as tab:
        mark_all_read(by=ben.user)

        assert hear(tab) == nudge("notifications")
    assert not Notification.objects.unread().exists()


def test_the_bell_is_hers_alone(ben: Clinician, cleo: Clinician) -> None:
    for one in (ben, cleo):
        assert one.user
        mark_all_read(by=one.user)
    with transaction.atomic():
        greet(ben)

    assert "1 unread" in signed_in(ben).get("/notifications/bell/").text
    assert "unread" not in signed_in(cleo).get("/notifications/bell/").text
    assert Client().get("/notifications/bell/").status_code == 302


def test_after_hello_nothing_is_missed(web: Web, ben: Clinician) -> None:
    """However quickly it follows: the hub listens before it greets."""
    assert ben.user
    for number in range(20):
        with web.enter(ben) as tab:
            live.nudge([ben.user], [f"n{number}"])
            assert hear(tab) == nudge(f"n{number}")
        time.sleep(0.2)


def test_a_nudge_holds_no_word_of_what_happened(web: Web, ben: Clinician) -> None:
    with web.enter(ben) as tab:
        with transaction.atomic():
            record(
                Actor.system(),
                "user.greeted",
                ben,
                notify=[ben.user] if ben.user else [],
                why="canary-why",
                detail={"canary": "canary-detail"},
            )
        said = tab.recv(timeout=10)

    assert "canary" not in str(said)
    assert "Ben" not in str(said)
