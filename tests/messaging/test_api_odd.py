"""Whatever is sent, the answer is one that is written down, and never a crash."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from network.accounts.pace import PACE
from network.clinicians.models import Clinician
from tests.messaging.programs import ROOT, Program, a_message, codes

DOCUMENTED = {200, 201, 204, 400, 401, 403, 404, 409, 422, 429}
ODD: list[object] = [
    None,
    True,
    0,
    -1,
    2**63,
    2**64,
    10**40,
    1.5,
    1e308,
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "x" * 10_000,
    "9" * 400,
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "-infinity",
    "urn:uuid:" + "0" * 32,
    "00000000-0000-0000-0000-000000000000",
    [],
    [[]],
    {},
    {"\0": "\ud800"},
    ["\0"],
    [None],
]
FIELDS = {
    ("POST", ""): ("members", "title"),
    ("PATCH", "/{room}"): ("title",),
    ("POST", "/{room}/members"): ("clinician", "with_history"),
    ("POST", "/{room}/messages"): (
        "client_id",
        "body",
        "reply_to",
        "topic",
        "mentions",
        "expires_in",
    ),
    ("PATCH", "/{room}/messages/{seq}"): ("body", "client_id"),
    ("PUT", "/{room}/position"): ("seq",),
    ("PUT", "/{room}/mute"): ("span",),
    ("POST", "/{room}/topics"): ("name",),
    ("PUT", "/{room}/topics/{topic}/level"): ("level",),
    ("PUT", "/{room}/topics/{topic}/mute"): ("span",),
}
WHOLE: dict[str, object] = {
    "members": [str(uuid4())],
    "title": "x",
    "clinician": str(uuid4()),
    "client_id": str(uuid4()),
    "body": "x",
    "seq": 1,
    "span": "hour",
    "level": "follow",
    "name": "x",
}


def send(program: Program, method: str, path: str, said: object) -> Any:
    PACE.forget()
    return program.ask(method, path, said)


@pytest.mark.parametrize("address", FIELDS, ids=" ".join)
def test_odd_values_are_refused_by_their_field(
    anas: Program, room: str, address: tuple[str, str]
) -> None:
    method, path = address
    seq = anas.log(room)[-1]["seq"]
    path = path.format(room=room[1:], seq=seq, topic=anas.topic(room))
    fields = FIELDS[address]
    whole = {name: WHOLE[name] for name in fields if name in WHOLE}
    for field in fields:
        for value in ODD:
            answer = send(anas, method, path, {**whole, field: value})

            assert answer.status_code in DOCUMENTED, (field, value, answer.content)
            if answer.status_code == 422:
                named = {at.split("/")[1] for at, _ in codes(answer)}
                assert named <= set(fields), (field, value)


BODIES = [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"\\ud800": 1}', b"[" * 9999]


@pytest.mark.parametrize("address", FIELDS, ids=" ".join)
def test_what_is_no_object_is_refused(
    anas: Program, room: str, address: tuple[str, str]
) -> None:
    method, path = address
    for body in BODIES:
        PACE.forget()
        answer = Client().generic(
            method,
            ROOT + path.format(room=room[1:], seq=1, topic=uuid4()),
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {anas.token}"},
        )

        assert answer.status_code in {400, 422}, body
        assert json.loads(answer.content)["errors"]


def test_odd_addresses_lead_nowhere(anas: Program, room: str) -> None:
    for odd in ("x", "%00", "%ED%A0%80", "0", "-1", "9" * 30, str(2**63), "１"):
        for path in (
            f"/{odd}",
            f"/{odd}/messages",
            f"{room}/messages/{odd}/pin",
            f"{room}/messages/1/reactions/{odd}",
            f"{room}/members/{odd}",
        ):
            for method in ("GET", "PUT", "DELETE"):
                answer = send(anas, method, path, None)
                assert answer.status_code in {404, 405}, path


@pytest.mark.parametrize(
    "query", ["since=-1", "since=x", f"since={2**63}", "limit=0", "limit=201", "limit="]
)
def test_odd_questions_are_refused(anas: Program, room: str, query: str) -> None:
    answer = anas.get(f"{room}/messages?{query}")

    assert answer.status_code == 422
    assert codes(answer)[0][0] == f"/{query.partition('=')[0]}"


JSON = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(max_size=20)
    | some.sampled_from([value for value in ODD if isinstance(value, str)]),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(data=some.data())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_nothing_that_is_sent_is_a_crash(
    anas: Program, room: str, cleo: Clinician, data: some.DataObject
) -> None:
    (method, path), names = data.draw(some.sampled_from(sorted(FIELDS.items())))
    said = data.draw(some.fixed_dictionaries({}, optional=dict.fromkeys(names, JSON)))
    seq = data.draw(some.integers(0, 5))
    path = path.format(room=room[1:], seq=seq, topic=anas.topic(room))

    assert send(anas, method, path, {**a_message(), **said}).status_code in DOCUMENTED
    assert send(anas, method, path, said).status_code in DOCUMENTED
