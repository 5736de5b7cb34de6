"""Clients over the API: one's own, under handles, each draft once."""

import json
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope
from network.accounts.pace import PACE
from network.clients.models import Client
from network.clinicians.models import Clinician
from tests.clients.people import a_client, a_consent, her, signed

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/clients"
SAID = {"unit": "individual", "age_band": "adult", "state": "NY", "zip3": "105"}


def ask(
    who: Clinician,
    method: str = "GET",
    path: str = "",
    said: Any = None,
    key: str | None = None,
    scope: Scope = Scope.WRITE,
) -> Any:
    token = make_token(her(who), name="program", days=1, scope=scope)
    own = str(uuid4()) if key is None else key
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": own}
    return Browser().generic(
        method,
        f"{ROOT}{path}",
        b"" if said is None else json.dumps(said).encode(),
        content_type="application/json",
        headers=headers,
    )


def test_one_is_made_listed_and_read(ana: Clinician, ben: Clinician) -> None:
    made = ask(ana, "POST", said={**SAID, "year": 2024})
    client = Client.objects.get()
    signed(a_consent(client, ben))

    assert made.status_code == 201
    assert made.json()["handle"] == client.handle
    assert [one["id"] for one in ask(ana).json()["clients"]] == [str(client.public_id)]
    read = ask(ana, path=f"/{client.public_id}").json()
    assert (read["zip3"], read["year"]) == ("105", 2024)
    assert [one["state"] for one in read["consents"]] == ["active"]
    assert [one["role"] for one in read["parties"]] == ["adult"]


def test_the_same_key_is_the_same_client(ana: Clinician, ben: Clinician) -> None:
    key = str(uuid4())

    answers = [ask(ana, "POST", said=SAID, key=one) for one in (key, key.upper(), key)]

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    other = ask(ana, "POST", said={**SAID, "unit": "couple"}, key=key)
    assert other.status_code == 409
    assert ask(ben, "POST", said=SAID, key=key).status_code == 201
    assert Client.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"zip3": "821", "state": "WY"}, "/zip3"),
        ({"zip3": "10583"}, "/zip3"),
        ({"age_band": "43"}, "/age_band"),
        ({"unit": ""}, "/unit"),
        ({"year": 1901}, "/year"),
        ({"year": "2024"}, "/year"),
        ({"name": "Mira"}, "/name"),
        ({"zip3": "\0"}, "/zip3"),
    ],
)
def test_it_takes_nothing_that_tells_who_it_is(
    changed: dict[str, object], path: str, ana: Clinician
) -> None:
    answer = ask(ana, "POST", said={**SAID, **changed})

    assert answer.status_code == 422
    assert [one["path"] for one in answer.json()["errors"]] == [path]
    assert not Client.objects.exists()


def test_a_key_is_a_uuid_and_never_left_out(ana: Clinician) -> None:
    for key in ("again", "", f"{{{uuid4()}}}", uuid4().hex):
        answer = ask(ana, "POST", said=SAID, key=key)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "unreadable_key"
    assert not Client.objects.exists()


def test_a_long_list_is_read_page_by_page(ana: Clinician, ben: Clinician) -> None:
    made = {str(a_client(ana).public_id) for _ in range(5)}

    found, cursor = [], ""
    for _ in range(3):
        page = ask(ana, path=f"?limit=2{cursor}").json()
        found += [one["id"] for one in page["clients"]]
        cursor = f"&cursor={page['next']}"

    assert (len(found), set(found), page["next"]) == (5, made, None)
    for wrong in (found[0], "x"):
        answer = ask(ben, path=f"?cursor={wrong}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["path"] == "/cursor"


def test_nobody_else_finds_it(ana: Clinician, ben: Clinician, finn: Clinician) -> None:
    client = a_client(ana)

    assert ask(ben).json() == {"clients": [], "next": None}
    for path in (f"/{client.public_id}", "/made-up"):
        assert ask(ben, path=path).status_code == 404
    assert ask(finn).status_code == 403
    assert Browser().get(ROOT).status_code == 401


def test_a_token_that_reads_makes_nothing(ana: Clinician) -> None:
    assert ask(ana, "POST", said=SAID, scope=Scope.READ).status_code == 403
    assert ask(ana, scope=Scope.READ).status_code == 200


def test_who_adds_too_fast_waits(ana: Clinician) -> None:
    spent = her(ana).pk
    PACE._left[spent] = (-1000.0, monotonic())  # as after many at once

    assert ask(ana, "POST", said=SAID).status_code == 429
    assert ask(ana).status_code == 200
    PACE.forget()
    assert ask(ana, "POST", said=SAID).status_code == 201
