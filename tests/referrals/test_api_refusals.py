"""What a program is told when it asks for what cannot be: always why, and where."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from network.clinicians.models import Clinician
from referrals import tasks
from referrals.actions import arriving, guests
from referrals.models import Offer
from tests.conftest import signed_in
from tests.messaging.programs import codes
from tests.messaging.saying import her
from tests.referrals.story import (
    a_client,
    accepted,
    begun,
    by,
    click,
    opened,
    sent,
)
from tests.referrals.test_api import DRAFT, Program, program_of

pytestmark = pytest.mark.django_db
NOBODY = str(uuid4())


def refusal(
    program: Program, path: str, step: str, **said: object
) -> tuple[int, list[tuple[str, str]]]:
    """Of a step on the thing as it stands."""
    version = program.get(path).json()["version"]
    new = {"step": step, "version": version, "said": said}
    answer = program.post(f"{path}/steps", new)
    return answer.status_code, codes(answer)


def test_nobody_without_a_name_is_put_in_line(ana: Clinician, rosa: Clinician) -> None:
    one = begun(ana)
    anas, path = program_of(ana), f"/referrals/{one.public_id}"
    me, other = str(ana.public_id), str(rosa.public_id)
    first = "/said/people/0"
    for people, fault in (
        ([{}], (first, "one_of")),
        ([{"name": "  "}], (first, "one_of")),
        ([{"clinician": other, "name": "Rosa"}], (first, "one_of")),
        ([{"clinician": other, "email": "r@example.org"}], (first, "one_of")),
        ([{"clinician": other}] * 2, ("/said", "twice")),
        ([{"clinician": NOBODY}], (f"{first}/clinician", "unknown_clinician")),
        ([{"clinician": me}], (f"{first}/clinician", "unknown_clinician")),
        ([{"name": "Gus", "email": "gus"}], (f"{first}/email", "no_address")),
        (
            [{"name": "Gus", "email": her(ana).email.upper()}],
            (f"{first}/email", "own_address"),
        ),
    ):
        assert refusal(anas, path, "shortlist", people=people) == (422, [fault])
    assert not one.offers.exists()


def test_a_program_asks_a_colleague_outside_by_a_link(ana: Clinician) -> None:
    said = {"client": str(a_client(ana).public_id), **DRAFT}
    anas = program_of(ana)
    path = f"/referrals/{anas.post('/referrals', said).json()['id']}"
    people = [{"name": " Gus Outside ", "email": "gus@elsewhere.example"}]

    anas.step(path, "submit", no_fee=True)
    anas.step(path, "shortlist", people=people)
    anas.step(path, "check")
    assert anas.step(path, "send")["state"] == "open"

    offer = Offer.objects.get()
    assert (offer.name, offer.has_link) == ("Gus Outside", True)
    tasks.mail_guests()
    assert [one.to for one in mail.outbox] == [[people[0]["email"]]]


def test_nobody_mails_strangers_by_the_hundred(
    ana: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guests, "MAILED_A_DAY", 1)
    path = f"/referrals/{begun(ana).public_id}"
    people = [{"name": "Gus", "email": f"gus{n}@elsewhere.example"} for n in (1, 2)]

    told = refusal(program_of(ana), path, "shortlist", people=people)

    assert told == (429, [("/said", "too_many_links")])
    assert not Offer.objects.exists()


@pytest.mark.parametrize(
    ("step", "said", "fault"),
    [
        ("offer_waitlist", {"day": "2020-01-01"}, ("/said/day", "too_far")),
        ("offer_waitlist", {"day": "9999-12-31"}, ("/said/day", "too_far")),
        (
            "offer_waitlist",
            {"day": "soon"},
            ("/said/day", "date_from_datetime_parsing"),
        ),
        (
            "accept",
            {"no_fee": True, "earliest_on": "2020-01-01"},
            ("/said/earliest_on", "too_far"),
        ),
        ("accept", {"no_fee": True, "fee": "x"}, ("/said/fee", "enum")),
        ("accept", {"no_fee": True, "format": "x"}, ("/said/format", "unknown_term")),
        (
            "decline",
            {"reason": "full", "suggested": NOBODY},
            ("/said/suggested", "unknown_clinician"),
        ),
    ],
)
def test_what_is_wrong_is_told_once_and_where_it_stands(
    step: str,
    said: dict[str, object],
    fault: tuple[str, str],
    ana: Clinician,
    rosa: Clinician,
) -> None:
    offer = opened(rosa, sent(ana, rosa))
    path = f"/offers/{offer.public_id}"

    assert refusal(program_of(rosa), path, step, **said) == (422, [fault])


def test_a_draft_names_its_faults_by_its_fields(ana: Clinician) -> None:
    said = {"client": str(a_client(ana).public_id), "kind": "transfer"}
    anas = program_of(ana)
    for name, wrong in (("reason", "x"), ("jurisdiction", "XX"), ("sub_reason", "x")):
        answer = anas.post("/referrals", {**said, name: wrong})
        assert [path for path, _ in codes(answer)] == [f"/{name}"]
    planned = {**said, "urgency": "planned", "planned_on": "0001-01-01"}
    assert codes(anas.post("/referrals", planned)) == [("/planned_on", "too_far")]
    # Not taken for one of ours: this too is the sender's own word.
    odd = anas.post("/referrals", {**said, "literal['']": 1})
    assert (odd.status_code, [code for _, code in codes(odd)]) == (
        422,
        ["extra_forbidden"],
    )


def test_a_session_is_not_booked_into_the_past(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))
    at = (timezone.now() - timedelta(hours=1)).isoformat()
    path = f"/referrals/{one.public_id}"

    told = refusal(program_of(rosa), path, "book", at=at)

    assert told == (422, [("/said/at", "too_far")])


def test_who_the_client_is_no_program_hands_over(
    ana: Clinician, rosa: Clinician
) -> None:
    path = f"/referrals/{sent(ana, rosa).public_id}"

    told = refusal(program_of(ana), path, "release_identity")

    assert told == (403, [("/step", "on_the_page")])


def test_what_is_not_hers_to_do_is_told_in_words(
    ana: Clinician, rosa: Clinician
) -> None:
    offer = opened(rosa, sent(ana, rosa))
    path = f"/offers/{offer.public_id}"

    assert refusal(program_of(ana), path, "accept", no_fee=True)[0] == 403
    telling = "Call Maria Lopez at 555-123-4567"
    told = refusal(program_of(rosa), path, "ask", text=telling)
    assert told == (422, [("/said/text", "needs_reason")])


def test_what_is_reopened_is_answered_by_the_draft_that_goes_on(
    ana: Clinician, rosa: Clinician
) -> None:
    path = f"/referrals/{sent(ana, rosa).public_id}"
    anas, key = program_of(ana), str(uuid4())
    version = anas.step(path, "withdraw")["version"]
    reopen = {"step": "reopen", "version": version, "said": {}}

    first, again = (anas.post(f"{path}/steps", reopen, key).json() for _ in range(2))

    assert first["state"] == "draft"
    assert first["id"] == again["id"] != path.removeprefix("/referrals/")


@pytest.mark.parametrize("path", ["/nothing", "/referrals/", "/referrals/x/y"])
@pytest.mark.parametrize("way", ["get", "post", "delete"])
def test_an_address_that_is_none_is_missing_in_json(
    path: str, way: str, ana: Clinician
) -> None:
    browser = signed_in(ana)
    for who in (Browser(), browser):
        answer = getattr(who, way)(f"/api/v1{path}")
        assert answer.status_code == 404
        assert answer.json()["errors"][0]["code"] == "not_found"


@pytest.mark.parametrize("path", ["/referrals", "/clients", "/offers", "/matches"])
def test_a_method_that_is_none_says_which_are(path: str, ana: Clinician) -> None:
    answer = program_of(ana).ask("delete", path)

    assert answer.status_code == 405
    assert codes(answer) == [("", "no_such_method")]
    assert set(answer["Allow"].split(", ")) <= {"GET", "POST"}
