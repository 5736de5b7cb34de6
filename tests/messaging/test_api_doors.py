"""Who comes through which door of the conversations' API, and what it costs."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.api import api
from messaging.models import Message
from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope, User
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from tests.messaging.programs import ROOT, WORDS, Program, codes, program_of

SECRETS = (WORDS, "Ana Heron", "Ben Sparrow")
TO_COME = timezone.now() + timedelta(days=9)
SAID: dict[str, dict[str, object]] = {
    "PATCH /{pk}": {"title": "Mine"},
    "POST /{pk}/members": {"clinician": str(uuid4())},
    "POST /{pk}/messages": {"client_id": str(uuid4()), "body": "mine"},
    "PATCH /{pk}/messages/{seq}": {"body": "mine"},
    "PUT /{pk}/position": {"seq": 1},
    "PUT /{pk}/mute": {"span": "hour"},
    "PUT /{pk}/guard": {"level": "warn"},
    "POST /{pk}/topics": {"name": "Mine"},
    "PUT /{pk}/messages/{seq}/reminder": {"at": str(TO_COME)},
    "POST /{pk}/scheduled": {
        "client_id": str(uuid4()),
        "body": "mine",
        "at": str(TO_COME),
    },
    "PATCH /{pk}/scheduled/{client_id}": {"at": str(TO_COME)},
    "PUT /{pk}/topics/{topic}/level": {"level": "follow"},
    "PUT /{pk}/topics/{topic}/mute": {"span": "hour"},
}


def answers(program: Program, room: str, whom: Clinician) -> Iterator[tuple[str, int]]:
    """Of every address of one conversation, as the description has them. Nothing of
    it may be in any of them.
    """
    described: dict[str, Any] = api.get_openapi_schema()["paths"]
    ids = {"pk": room[1:], "seq": 1, "reaction": "thanks", "file": uuid4()}
    ids |= {"clinician": whom.public_id, "client_id": uuid4(), "topic": uuid4()}
    for path, methods in described.items():
        address = path.removeprefix("/api/v1/conversations")
        for method in methods if "{pk}" in path else ():
            door = f"{method.upper()} {address}"
            at = address.format(**ids)
            answer = program.ask(method.upper(), at, SAID.get(door))
            said = answer.content.decode() + str(answer.headers)
            assert [word for word in SECRETS if word in said] == [], door
            yield door, answer.status_code


def statuses(program: Program, room: str, whom: Clinician) -> set[int]:
    before = Message.objects.count()
    found = {status for _, status in answers(program, room, whom)}
    assert Message.objects.count() == before
    return found


def test_no_cache_keeps_what_a_program_is_answered(anas: Program, room: str) -> None:
    anas.send(room, WORDS)

    for path, status in ((f"{room}/messages", 200), ("", 200), (f"/{uuid4()}", 404)):
        answer = anas.get(path)
        assert answer.status_code == status
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_stranger_gets_nothing(room: str, ben: Clinician) -> None:
    assert statuses(Program("consilium_made_up"), room, ben) == {401}


def test_an_outsider_finds_nothing(cleos: Program, room: str, ben: Clinician) -> None:
    assert statuses(cleos, room, ben) == {404}
    assert cleos.get().json() == {"conversations": [], "next": None}


def test_who_is_not_verified_is_shut_out(
    room: str, ben: Clinician, finn: Clinician
) -> None:
    assert statuses(program_of(finn), room, ben) == {403}


def test_staff_are_shut_out(room: str, ben: Clinician, staff: User) -> None:
    token = make_token(staff, name="program", days=1, scope=Scope.WRITE)

    assert statuses(Program(token), room, ben) == {403}


def test_a_session_without_its_second_factor_is_shut_out(
    room: str, ben: Clinician
) -> None:
    assert ben.user is not None
    half = Client()
    half.force_login(ben.user)

    answer = half.get(f"{ROOT}{room}/messages")

    assert answer.status_code == 403
    assert codes(answer) == [("", "second_factor_required")]


def test_who_is_suspended_is_shut_out(
    bens: Program, room: str, ben: Clinician, staff: User
) -> None:
    suspend_member(ben, by=staff, why="complaint")

    assert statuses(bens, room, ben) == {403}


def test_who_was_removed_finds_nothing_any_more(
    anas: Program, bens: Program, ben: Clinician, cleo: Clinician
) -> None:
    room = anas.begin(ben, cleo, title="Tuesdays")
    anas.send(room, WORDS)
    anas.delete(f"{room}/members/{ben.public_id}")

    assert statuses(bens, room, ben) == {404}


# What each may do in a conversation of several which Ana began, and what between two.
TABLE = {
    "GET /{pk}": "owner member direct",
    "PATCH /{pk}": "owner",
    "POST /{pk}/members": "owner",
    "DELETE /{pk}/members/{clinician}": "owner",
    "POST /{pk}/messages": "owner member direct",
    "PATCH /{pk}/messages/{seq}": "owner direct",
    "PUT /{pk}/messages/{seq}/pin": "owner member direct",
    "DELETE /{pk}/messages/{seq}/pin": "owner member direct",
    "PUT /{pk}/messages/{seq}/reactions/{reaction}": "owner member direct",
    "PUT /{pk}/messages/{seq}/reminder": "owner member direct",
    "DELETE /{pk}/messages/{seq}/reminder": "owner member direct",
    "POST /{pk}/scheduled": "owner member direct",
    "GET /{pk}/scheduled": "owner member direct",
    "PUT /{pk}/position": "owner member direct",
    "PUT /{pk}/mute": "owner member direct",
    "DELETE /{pk}/mute": "owner member direct",
    "POST /{pk}/topics": "owner member direct",
    "PUT /{pk}/topics/{topic}/level": "owner member direct",
    "PUT /{pk}/topics/{topic}/mute": "owner member direct",
    "DELETE /{pk}/topics/{topic}/mute": "owner member direct",
    "DELETE /{pk}/messages/{seq}": "owner direct",
    "PUT /{pk}/closed": "owner",
}


@pytest.mark.parametrize("who", ["owner", "member", "direct"])
def test_who_may_do_what(
    anas: Program,
    bens: Program,
    ben: Clinician,
    cleo: Clinician,
    dana: Clinician,
    who: str,
) -> None:
    room = anas.begin(ben) if who == "direct" else anas.begin(ben, cleo, title="Us")
    seq = anas.send(room)
    whom = ben if who == "direct" else cleo
    ids = {"pk": room[1:], "seq": seq, "reaction": "seen", "clinician": whom.public_id}
    ids["topic"] = anas.topic(room)
    program = bens if who == "member" else anas
    for door, may in TABLE.items():
        method, path = door.split()
        said = SAID.get(door)
        if path == "/{pk}/members":
            said = {"clinician": str(dana.public_id)}

        answer = program.ask(method, path.format(**ids), said)

        expected = {200, 201, 204} if who in may.split() else {403}
        assert answer.status_code in expected, (door, answer.content)


def cost(ask: Callable[[], Any]) -> int:
    ask()
    with CaptureQueriesContext(connection) as queries:
        assert ask().status_code == 200
    return len(queries)


def test_a_long_list_costs_as_much_as_a_short_one(
    anas: Program, ben: Clinician, cleo: Clinician, dana: Clinician
) -> None:
    anas.begin(ben)
    short = cost(anas.get)
    for number in range(5):
        anas.begin(ben, cleo, dana, title=f"Circle {number}")

    assert len(anas.get().json()["conversations"]) == 6
    assert cost(anas.get) == short <= 6


def test_a_long_log_costs_as_much_as_a_short_one(
    anas: Program, bens: Program, room: str
) -> None:
    def read() -> Any:
        return anas.get(f"{room}/messages")

    short = cost(read)
    for program in (anas, bens, anas, bens):
        program.send(room)

    assert len(anas.log(room)) == 5
    assert cost(read) == short <= 7
