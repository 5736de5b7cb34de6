"""What a program may send with a step, and what of it reaches nobody."""

import pytest

from network.clinicians.models import Clinician
from referrals.actions import arriving
from tests.messaging.programs import codes
from tests.referrals.story import (
    a_client,
    accepted,
    by,
    click,
    sent,
)
from tests.referrals.test_api import DRAFT, program_of

pytestmark = pytest.mark.django_db
MINE = {
    "text": "Maria Lopez, of 12 Elm Street",
    "place": {"mode": "either", "zip": "10580", "state": "NY"},
    "exclude": {"own_practice": True},
}


def test_of_a_search_a_colleague_reads_the_criteria_alone(
    ana: Clinician, rosa: Clinician
) -> None:
    anas = program_of(ana)
    criteria = {**DRAFT["criteria"], **MINE}  # type: ignore[dict-item]
    said = {"client": str(a_client(ana).public_id), **DRAFT, "criteria": criteria}
    one = f"/referrals/{anas.post('/referrals', said).json()['id']}"

    words = anas.get(one).json()["words"]

    [kept] = [word["text"] for word in words if word["kind"] == "criteria"]
    assert "ocd" in kept
    assert not [mine for mine in ("Maria", "10580", "exclude") if mine in kept]


@pytest.mark.parametrize(
    "at", ["9999-12-30T23:00:00-05:00", "0001-01-02T00:00:00+14:00"]
)
def test_a_day_that_no_clock_knows_is_refused(
    at: str, ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))
    one.refresh_from_db()
    rosas, path = program_of(rosa), f"/referrals/{one.public_id}"

    book = {"step": "book", "version": one.version, "said": {"at": at}}
    answer = rosas.post(f"{path}/steps", book)

    assert (answer.status_code, codes(answer)) == (422, [("/said/at", "too_far")])
    assert rosas.step(path, "log_attempt", how="phone")["state"] == "contacting"
