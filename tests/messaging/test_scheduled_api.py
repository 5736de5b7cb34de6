"""Sending later, for programs."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from messaging.models import ScheduledMessage
from network.clinicians.models import Clinician
from tests.messaging.programs import Program, a_message, codes, program_of
from tests.messaging.scheduling import HOUR, sweep
from tests.messaging.test_guarding_pages import TELLING

WORDS = "Could we speak on Tuesday?"


def at(hours: float = 1) -> str:
    """Elsewhere, by another clock."""
    zone = timezone.get_fixed_timezone(60)
    return (timezone.now() + timedelta(hours=hours)).astimezone(zone).isoformat()


def later(program: Program, room: str, **said: object) -> Any:
    message = {**a_message(WORDS, at=at()), **said}
    return program.post(f"{room}/scheduled", message)


def test_it_is_kept_shown_and_sent_at_its_hour(
    anas: Program, bens: Program, room: str
) -> None:
    made = later(anas, room, reply_to=1, expires_in=3600)

    assert made.status_code == 201
    said = made.json()
    assert (said["body"], said["reply_to"], said["refused"]) == (WORDS, 1, "")
    assert anas.get(f"{room}/scheduled").json() == {"scheduled": [said]}
    assert bens.get(f"{room}/scheduled").json() == {"scheduled": []}
    assert sweep() == 1
    event = bens.log(room)[-1]
    assert (event["body"], event["client_id"]) == (WORDS, said["client_id"])
    assert anas.get(f"{room}/scheduled").json() == {"scheduled": []}


def test_said_again_it_is_the_same_and_other_words_are_refused(
    anas: Program, room: str
) -> None:
    one = {"client_id": str(uuid4())}
    first, again = later(anas, room, **one), later(anas, room, **one)
    message = {**a_message("other", at=at()), **one}
    other = anas.post(f"{room}/scheduled", message)

    assert (again.status_code, again.json()) == (201, first.json())
    assert (other.status_code, codes(other)) == (
        409,
        [("/client_id", "client_id_reused")],
    )
    assert ScheduledMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "status", "fault"),
    [
        ({"at": "2020-01-01T08:00:00Z"}, 422, ("/at", "past")),
        ({"at": "2999-01-01T08:00:00Z"}, 422, ("/at", "too_far")),
        ({"at": "2027-01-01T08:00:00"}, 422, ("/at", "timezone_aware")),
        ({"body": " "}, 422, ("/body", "unfit_body")),
        ({"files": [str(uuid4())]}, 422, ("/files", "files_at_once")),
        ({"reply_to": 99}, 422, ("/reply_to", "no_such_message")),
        ({"topic": str(uuid4())}, 422, ("/topic", "unknown_topic")),
        ({"body": TELLING}, 422, ("/guard_reason", "needs_reason")),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    anas: Program, room: str, said: dict[str, Any], status: int, fault: tuple[str, str]
) -> None:
    anas.put(f"{room}/guard", {"level": "reason"})
    message = {**a_message(WORDS, at=at()), **said}

    answer = anas.post(f"{room}/scheduled", message)

    assert (answer.status_code, codes(answer)) == (status, [fault])
    assert ("spans" in answer.json()) == (fault[1] == "needs_reason")
    assert not ScheduledMessage.objects.exists()


def test_so_many_wait_at_once(
    anas: Program, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("messaging.actions.scheduling.MOST_SCHEDULED", 0)

    answer = later(anas, room)

    assert (answer.status_code, codes(answer)) == (422, [("/at", "too_many")])


def test_it_is_dropped_or_sent_now(anas: Program, bens: Program, room: str) -> None:
    first, second = (later(anas, room).json()["client_id"] for _ in range(2))

    assert anas.delete(f"{room}/scheduled/{first}").status_code == 204
    assert anas.delete(f"{room}/scheduled/{first}").status_code == 404
    sent = anas.post(f"{room}/scheduled/{second}/sending", None)

    assert sent.status_code == 200
    assert sent.json() == {"client_id": second, "conversation": room[1:], "seq": 2}
    assert bens.log(room)[-1]["body"] == WORDS
    again = anas.post(f"{room}/scheduled/{second}/sending", None)
    assert again.status_code == 404
    assert anas.delete(f"{room}/scheduled/x").status_code == 404


def test_it_has_another_moment(anas: Program, bens: Program, room: str) -> None:
    made = later(anas, room).json()
    path = f"{room}/scheduled/{made['client_id']}"

    moved = anas.patch(path, {"at": (then := at(5))})
    past = anas.patch(path, {"at": "2020-01-01T08:00:00Z"})

    assert moved.status_code == 200
    due = moved.json()["due_at"]
    assert datetime.fromisoformat(due) - datetime.fromisoformat(then) < HOUR / 3600
    assert moved.json() == {**made, "due_at": due}
    assert anas.get(f"{room}/scheduled").json() == {"scheduled": [moved.json()]}
    assert (past.status_code, codes(past)) == (422, [("/at", "past")])
    anas.put(f"{room}/guard", {"level": "reason"})
    assert anas.patch(path, {"at": at(9)}).status_code == 200
    anas.post(f"{path}/sending", None)
    assert anas.patch(path, {"at": at(9)}).status_code == 404


def test_what_could_not_be_sent_now_keeps_its_moment(anas: Program, room: str) -> None:
    made = later(anas, room, body=TELLING).json()
    anas.put(f"{room}/guard", {"level": "reason"})

    answer = anas.patch(f"{room}/scheduled/{made['client_id']}", {"at": at(9)})

    assert (answer.status_code, codes(answer)) == (
        422,
        [("/guard_reason", "needs_reason")],
    )
    assert answer.json()["spans"]
    assert anas.get(f"{room}/scheduled").json() == {"scheduled": [made]}


def test_what_could_not_be_sent_says_why_and_is_tried_again(
    anas: Program, room: str
) -> None:
    client_id = later(anas, room, body=TELLING).json()["client_id"]
    anas.put(f"{room}/guard", {"level": "reason"})
    sweep()

    [one] = anas.get(f"{room}/scheduled").json()["scheduled"]
    refused = anas.post(f"{room}/scheduled/{client_id}/sending", None)
    anas.put(f"{room}/guard", {"level": "warn"})
    sent = anas.post(f"{room}/scheduled/{client_id}/sending", None)

    assert (one["refused"], one["body"]) == ("needs_reason", TELLING)
    assert codes(refused) == [("/guard_reason", "needs_reason")]
    assert refused.json()["spans"]
    assert sent.status_code == 200


def test_nobody_else_has_a_way_to_it(
    anas: Program,
    bens: Program,
    cleos: Program,
    room: str,
    ana: Clinician,
    finn: Clinician,
) -> None:
    client_id = later(anas, room).json()["client_id"]
    strangers = (bens, 404), (cleos, 404), (program_of(finn), 403)
    reader = program_of(ana, scope="read")

    for program, status in (*strangers, (reader, 403)):
        path = f"{room}/scheduled/{client_id}"
        answers = [program.delete(path), program.post(f"{path}/sending", None)]
        answers.append(program.patch(path, {"at": at(9)}))
        assert {one.status_code for one in answers} == {status}
    assert [later(one, room).status_code for one, _ in strangers[1:]] == [404, 403]
    assert [cleos.get(f"{room}/scheduled").status_code] == [404]
    assert len(reader.get(f"{room}/scheduled").json()["scheduled"]) == 1
    assert ScheduledMessage.objects.count() == 1
