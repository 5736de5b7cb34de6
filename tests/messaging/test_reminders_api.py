"""Reminders for programs."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from messaging.actions import reminders
from messaging.models import Reminder
from network.clinicians.models import Clinician
from tests.messaging.programs import Program, codes, program_of
from tests.messaging.reminding import standing, tell, told

ALL = "/api/v1/reminders"


def at(hours: float) -> str:
    """Elsewhere, by another clock."""
    zone = timezone.get_fixed_timezone(60)
    return (timezone.now() + timedelta(hours=hours)).astimezone(zone).isoformat()


def remind(program: Program, room: str, seq: int = 1, hours: float = 1) -> Any:
    return program.put(f"{room}/messages/{seq}/reminder", {"at": at(hours)})


def listed(program: Program) -> Any:
    bearer = {"Authorization": f"Bearer {program.token}"}
    answer = Browser().get(ALL, headers=bearer)
    assert answer.status_code == 200
    return answer.json()["reminders"]


def test_it_is_set_moved_and_dropped(bens: Program, room: str, ben: Clinician) -> None:
    first, moved = remind(bens, room, hours=5), remind(bens, room, hours=2)

    assert (first.status_code, moved.status_code) == (200, 200)
    assert listed(bens) == [moved.json()]
    assert moved.json().keys() == {"conversation", "seq", "due_at"}
    assert moved.json()["conversation"] == room[1:]
    path = f"{room}/messages/1/reminder"
    assert [bens.delete(path).status_code for _ in range(2)] == [204, 204]
    assert (listed(bens), standing(ben)) == ([], [])


def test_the_soonest_stands_first_and_each_has_her_own(
    anas: Program, bens: Program, room: str
) -> None:
    anas.send(room)
    remind(bens, room, 1, hours=3)
    remind(bens, room, 2, hours=2)
    remind(anas, room, 1)

    assert [one["seq"] for one in listed(bens)] == [2, 1]
    assert [one["seq"] for one in listed(anas)] == [1]


def test_what_is_set_by_a_program_is_told(
    bens: Program, room: str, ben: Clinician
) -> None:
    remind(bens, room)

    assert (tell(), told(ben), listed(bens)) == (1, [1], [])


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"at": "2020-01-01T08:00:00Z"}, ("/at", "past")),
        ({"at": "2999-01-01T08:00:00Z"}, ("/at", "too_far")),
        ({"at": "2027-01-01T08:00:00"}, ("/at", "timezone_aware")),
        ({"at": "Monday"}, ("/at", "datetime_from_date_parsing")),
        ({}, ("/at", "missing")),
    ],
)
def test_a_moment_that_cannot_be_is_said_at_its_field(
    bens: Program, room: str, said: dict[str, str], fault: tuple[str, str]
) -> None:
    answer = bens.put(f"{room}/messages/1/reminder", said)

    assert (answer.status_code, codes(answer)) == (422, [fault])
    assert not Reminder.objects.exists()


def test_of_what_is_not_there_or_gone_there_is_none(
    anas: Program, bens: Program, room: str
) -> None:
    anas.delete(f"{room}/messages/1")

    found = [remind(bens, room, seq) for seq in (1, 2, 99)]

    assert [(one.status_code, codes(one)) for one in found] == [
        (409, [("", "gone")]),
        (404, [("", "no_such_message")]),
        (404, [("", "no_such_message")]),
    ]
    assert bens.put(f"{room}/messages/x/reminder", {"at": at(1)}).status_code == 404


def test_so_many_stand_at_once(
    bens: Program, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "MOST_REMINDERS", 0)

    answer = remind(bens, room)

    assert (answer.status_code, codes(answer)) == (422, [("/at", "too_many")])


def test_a_token_that_reads_may_see_and_not_set(
    bens: Program, room: str, ben: Clinician
) -> None:
    remind(bens, room)
    reader = program_of(ben, scope="read")

    assert len(listed(reader)) == 1
    assert remind(reader, room).status_code == 403


def test_an_outsider_and_a_newcomer_have_none(
    bens: Program, cleos: Program, room: str, finn: Clinician
) -> None:
    remind(bens, room)

    assert remind(cleos, room).status_code == 404
    assert cleos.delete(f"{room}/messages/1/reminder").status_code == 404
    assert listed(cleos) == []
    bearer = {"Authorization": f"Bearer {program_of(finn).token}"}
    assert Browser().get(ALL, headers=bearer).status_code == 403
    assert Browser().get(ALL).status_code == 401
    assert len(listed(bens)) == 1
