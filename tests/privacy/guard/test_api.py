"""POST /api/v1/guard: who may ask, what comes back, what is never kept."""

import json
import logging
from typing import Any

import pytest
from django.test import Client

from messaging import guarding
from network.clinicians.models import Clinician, Place, Practice
from tests.conftest import signed_in

ADDRESS = "/api/v1/guard"
CANARY = "Zyxwvut Canary"


def ask(client: Client, asked: Any) -> Any:
    return client.post(ADDRESS, json.dumps(asked), content_type="application/json")


def test_a_member_learns_what_could_tell_who_it_is(ana: Clinician) -> None:
    answer = ask(signed_in(ana), {"text": "My client Maria, from Rye, NY"})

    assert answer.status_code == 200
    name, town = answer.json()["spans"]
    assert name == {
        "start": 10,
        "end": 15,
        "label": "NAME",
        "level": "high",
        "reason": "A name tells who somebody is.",
        "rewrite": "X",
    }
    assert (town["label"], town["rewrite"]) == ("LOCATION", "Westchester")


def test_the_town_of_her_profile_counts(ana: Clinician) -> None:
    text = {"text": "A woman in her forties whose son died in a plane crash."}
    assert ask(signed_in(ana), text).json() == {"spans": []}

    practice = Practice.objects.create(name="Elm", city="Rye", state="NY", zip="10580")
    Place.objects.create(clinician=ana, practice=practice)

    (one,) = ask(signed_in(ana), text).json()["spans"]
    assert one["label"] == "COMBINATION"


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({}, "/text"),
        ({"text": "a" * 8001}, "/text"),
        ({"text": "a\x00b"}, "/text"),
        ({"text": "a", "space": "1"}, "/space"),
    ],
)
def test_what_is_no_text_is_refused(
    ana: Clinician, asked: dict[str, str], path: str
) -> None:
    answer = ask(signed_in(ana), asked)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == path


def test_a_stranger_and_somebody_unverified_get_nothing(finn: Clinician) -> None:
    assert ask(Client(), {"text": "Maria"}).status_code == 401
    assert ask(signed_in(finn), {"text": "Maria"}).status_code == 403


def test_a_fault_inside_leaves_no_word_in_the_logs(
    ana: Clinician,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def broken(text: str, *, place: str = "") -> list[object]:
        raise RuntimeError("the guard fell over")

    monkeypatch.setattr(guarding, "guard", broken)
    client = signed_in(ana)
    client.raise_request_exception = False

    with caplog.at_level(logging.DEBUG):
        answer = ask(client, {"text": f"I saw {CANARY} today"})

    assert answer.status_code == 500
    said = "".join([answer.text, caplog.text, *capfd.readouterr()])
    assert "Zyxwvut" not in said
