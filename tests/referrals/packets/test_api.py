"""The same for programs: what docs/api.md says of packets."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from network.clinicians.models import Clinician
from referrals.models import Referral
from tests.messaging.programs import codes
from tests.referrals.packets.packing import (
    LETTER,
    REASON,
    a_packet,
    agreed,
    in_days,
    placed,
    seen,
)
from tests.referrals.test_api import ROOT, Program, program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(ana: Clinician, rosa: Clinician) -> Referral:
    return placed(ana, rosa)


def step(program: Program, one: Referral, name: str, **said: Any) -> Any:
    new = {"step": name, "version": seen(one).seen, "said": said}
    return program.post(f"/referrals/{one.public_id}/packet/steps", new)


def upload(program: Program, one: Referral, **said: Any) -> Any:
    """As multipart/form-data."""
    sent = {"file": SimpleUploadedFile("plan.txt", LETTER), "version": seen(one).seen}
    return Browser(raise_request_exception=False).post(
        f"{ROOT}/referrals/{one.public_id}/packet/files",
        {**sent, **said},
        headers={
            "Authorization": f"Bearer {program.token}",
            "Idempotency-Key": str(uuid4()),
        },
    )


def test_from_the_first_words_to_taking_it_back(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    anas, rosas = program_of(ana), program_of(rosa)
    at = f"/referrals/{one.public_id}/packet"
    read = f"/offers/{one.offers.get().public_id}/packet"
    assert anas.get(at).json()["draft"] is None

    written = step(anas, one, "write", parts={"reason": REASON}, no_notes=True)
    assert written.json()["draft"]["parts"] == {"reason": REASON}
    assert len(written.json()["lacking"]) == 1
    assert upload(anas, one, no_notes="true").status_code == 200
    assert rosas.get(read).status_code == 404
    agreed(one, rosa)
    sent = step(anas, one, "send", expires_on=in_days(9).isoformat())
    assert [row["number"] for row in sent.json()["versions"]] == [1]

    got = rosas.get(read).json()
    assert (got["parts"], got["number"]) == ({"reason": REASON}, 1)
    [file] = got["files"]
    assert rosas.get(f"{read}/files/{file['id']}").content == LETTER
    assert len(anas.get(at).json()["openings"]) == 2
    assert step(anas, one, "revoke", number=1).status_code == 200
    assert rosas.get(read).status_code == 404


def test_to_everybody_else_it_is_missing(
    one: Referral, rosa: Clinician, cleo: Clinician
) -> None:
    a_packet(one, rosa)
    at = f"/referrals/{one.public_id}/packet"

    for person in (rosa, cleo):
        program = program_of(person)
        assert program.get(at).status_code == 404
        assert step(program, one, "revoke", number=1).status_code == 404
        assert upload(program, one, no_notes="true").status_code == 404
    read = f"/offers/{one.offers.get().public_id}/packet"
    assert program_of(cleo).get(read).status_code == 404


def test_why_words_stay_is_one_of_the_list(one: Referral, ana: Clinician) -> None:
    anas, day = program_of(ana), in_days(9).isoformat()
    answer = step(anas, one, "send", expires_on=day, guard_reason="Maria, her wish")

    assert answer.status_code == 422
    assert all(at.startswith("/said/guard_reason") for at, _ in codes(answer))


def test_what_is_missing_is_named(one: Referral, ana: Clinician) -> None:
    anas = program_of(ana)

    for answer, status, code in (
        (step(anas, one, "write", parts={"reason": REASON}), 422, "missing"),
        (step(anas, one, "write", parts={"x": "y"}), 422, None),
        (step(anas, one, "fly"), 422, "unknown_step"),
        (step(anas, one, "send", expires_on=in_days(9).isoformat()), 422, "lacking"),
        (step(anas, one, "revoke", number=1), 422, "no_such_version"),
        (step(anas, one, "take_out", file=str(uuid4())), 409, "lost_race"),
        (upload(anas, one), 422, "missing"),
        (upload(anas, one, no_notes="true", version="7"), 409, "lost_race"),
    ):
        assert answer.status_code == status, answer.content
        assert code is None or codes(answer)[0][1] == code
