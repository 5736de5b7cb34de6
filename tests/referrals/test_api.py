"""The same for programs: what docs/api.md says of referrals."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope
from network.activity.models import Event
from network.clinicians.models import Clinician
from referrals.api.schema import WholeOfferAnswer, WholeReferralAnswer
from referrals.api.steps import OF_OFFERS, OF_REFERRALS, ON_THE_PAGE
from referrals.machine.table import TABLE
from referrals.machine.words import Role
from tests.messaging.programs import codes
from tests.messaging.saying import her
from tests.referrals.story import WORDS, a_client, accepted, offer_to, opened, sent

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
DRAFT = {
    "kind": "transfer",
    "need": WORDS,
    "reason": "specialty",
    "jurisdiction": "NY",
    "acuity": 2,
    "mode": "first_accept",
    "criteria": {"specialties": [{"term": "ocd", "wish": "must"}]},
}


@dataclass(frozen=True)
class Program:
    token: str

    def get(self, path: str) -> Any:
        return self.ask("get", path)

    def post(self, path: str, said: object, key: str = "") -> Any:
        return self.ask("post", path, said, key or str(uuid4()))

    def ask(self, way: str, path: str, said: object = None, key: str = "") -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        headers |= {"Idempotency-Key": key} if key else {}
        browser: Any = Browser(raise_request_exception=False)
        kind = {"content_type": "application/json"} if way == "post" else {}
        return getattr(browser, way)(f"{ROOT}{path}", said, headers=headers, **kind)

    def step(self, path: str, step: str, **said: object) -> dict[str, Any]:
        """On the thing as it stands."""
        version = self.get(path).json()["version"]
        new = {"step": step, "version": version, "said": said}
        answer = self.post(f"{path}/steps", new)
        assert answer.status_code == 200, answer.content
        return dict(answer.json())


def program_of(person: Clinician) -> Program:
    made = make_token(her(person), name="program", days=1, scope=Scope.WRITE)
    return Program(made)


def test_from_a_draft_to_the_first_session(ana: Clinician, rosa: Clinician) -> None:
    anas, rosas = program_of(ana), program_of(rosa)
    said = {"client": str(a_client(ana).public_id), **DRAFT}
    made = anas.post("/referrals", said)
    assert made.status_code == 201, made.content
    one = f"/referrals/{made.json()['id']}"

    anas.step(one, "submit", no_fee=True)
    anas.step(one, "shortlist", people=[{"clinician": str(rosa.public_id)}])
    anas.step(one, "check")
    assert [part["conflict"] for part in anas.get(one).json()["offers"]] == ["unnamed"]
    assert "send" in anas.get(one).json()["allowed"]
    assert anas.step(one, "send")["state"] == "open"

    part = f"/offers/{rosas.get('/offers').json()['offers'][0]['id']}"
    assert rosas.step(part, "open")["words"][0]["text"] == WORDS
    assert rosas.step(part, "accept", no_fee=True)["state"] == "selected"
    assert anas.step(one, "self_contact")["turn"] == "receiver"
    rosas.step(one, "log_attempt", how="phone")
    rosas.step(one, "book", at=(timezone.now() + timedelta(days=2)).isoformat())
    rosas.step(one, "attended")
    assert rosas.step(one, "confirm")["responsible"] == "receiver"
    assert rosas.get("/referrals").json()["referrals"][0]["state"] == "closed"


def test_what_is_sent_twice_is_done_once(ana: Clinician, rosa: Clinician) -> None:
    anas, key = program_of(ana), str(uuid4())
    said = {"client": str(a_client(ana).public_id), **DRAFT}
    first = anas.post("/referrals", said, key)
    again = anas.post("/referrals", said, key)
    assert first.json()["id"] == again.json()["id"]
    answer = anas.post("/referrals", {**said, "acuity": 3}, key)
    assert (answer.status_code, codes(answer)) == (409, [("", "key_used")])

    one, new = f"/referrals/{first.json()['id']}/steps", str(uuid4())
    submit = {"step": "submit", "version": 1, "said": {"no_fee": True}}
    for _ in range(2):
        assert anas.post(one, submit, new).json()["state"] == "ready"
    other = {"step": "withdraw", "version": 2, "said": {}}
    answer = anas.post(one, other, new)
    assert (answer.status_code, codes(answer)) == (409, [("", "key_used")])


def test_who_comes_second_is_told_so(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar)
    offer = opened(omar, one)
    accepted(rosa, one)
    accept = {"step": "accept", "version": offer.version, "said": {"no_fee": True}}
    omars = program_of(omar)

    answer = omars.post(f"/offers/{offer.public_id}/steps", accept)

    assert (answer.status_code, codes(answer)) == (409, [("/version", "lost_race")])
    left = omars.get(f"/offers/{offer.public_id}").json()
    assert (left["state"], left["words"], left["allowed"]) == ("not_selected", [], [])
    assert omars.get(f"/referrals/{one.public_id}").status_code == 404
    assert WORDS not in omars.get("/referrals").content.decode()


def test_what_is_missing_is_named(ana: Clinician) -> None:
    anas = program_of(ana)
    said = {"client": str(a_client(ana).public_id), "kind": "transfer"}
    one = f"/referrals/{anas.post('/referrals', said).json()['id']}/steps"

    answer = anas.post(one, {"step": "submit", "version": 1, "said": {}})
    assert answer.status_code == 422
    assert {code for _, code in codes(answer)} == {"complete", "attested"}
    answer = anas.post(one, {"step": "fly", "version": 1})
    assert codes(answer) == [("/step", "unknown_step")]
    answer = anas.post(one, {"step": "close", "version": 1, "said": {"outcome": "x"}})
    assert [path for path, _ in codes(answer)] == ["/said/outcome"]
    answer = anas.ask("post", one, {"step": "submit", "version": 1})
    assert codes(answer) == [("", "unreadable_key")]


@pytest.mark.parametrize("said", [{}, {"text": ""}, {"text": " \n "}])
def test_nobody_is_told_of_words_that_are_none(
    said: dict[str, str], ana: Clinician, rosa: Clinician
) -> None:
    offer = opened(rosa, sent(ana, rosa))
    part, whole = f"/offers/{offer.public_id}", f"/referrals/{offer.referral.public_id}"
    rosas, anas = program_of(rosa), program_of(ana)

    for program, path, step in (
        (rosas, part, "ask"),
        (anas, part, "answer"),
        (rosas, whole, "report"),
    ):
        new = {"step": step, "version": offer.version, "said": said}
        answer = program.post(f"{path}/steps", new)
        assert answer.status_code == 422
        assert [at for at, _ in codes(answer)] == ["/said/text"]
    offer.refresh_from_db()
    assert offer.state == "viewed"


@pytest.mark.parametrize(("who", "status"), [("cleo", 404), ("finn", 403)])
def test_nobody_else_finds_any_of_it(
    ana: Clinician,
    rosa: Clinician,
    who: str,
    status: int,
    request: pytest.FixtureRequest,
) -> None:
    one = sent(ana, rosa)
    offer = offer_to(rosa, one)
    program = program_of(request.getfixturevalue(who))
    step = {"step": "open", "version": 1}
    said = {"client": str(one.client.public_id), **DRAFT}

    for path in (f"/referrals/{one.public_id}", f"/offers/{offer.public_id}"):
        assert program.get(path).status_code == status
        assert program.post(f"{path}/steps", step).status_code == status
    assert program.post("/referrals", said).status_code in {403, 422}
    for path in ("/referrals", "/offers"):
        answer = program.get(path)
        assert answer.status_code == 403 or not any(answer.json().values())
    stranger = Program("consilium_made_up")
    assert stranger.get("/referrals").status_code == 401


def test_an_answer_is_as_it_is_described(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa)
    offer = opened(rosa, one)
    whole = program_of(ana).get(f"/referrals/{one.public_id}").json()
    part = program_of(rosa).get(f"/offers/{offer.public_id}").json()

    assert whole.keys() == WholeReferralAnswer.model_validate(whole).model_dump().keys()
    assert part.keys() == WholeOfferAnswer.model_validate(part).model_dump().keys()
    seen = Event.objects.about(one).filter(verb="referral.opened")
    assert seen.count() == 1


def test_a_long_list_is_read_page_by_page(ana: Clinician, rosa: Clinician) -> None:
    for _ in range(3):
        sent(ana, rosa)
    anas = program_of(ana)

    first = anas.get("/referrals?limit=2").json()
    second = anas.get(f"/referrals?limit=2&cursor={first['next']}").json()

    ids = {one["id"] for one in first["referrals"] + second["referrals"]}
    assert (len(ids), second["next"]) == (3, None)
    assert codes(anas.get("/offers?cursor=x")) == [("/cursor", "stale_cursor")]


def test_every_step_of_a_member_can_be_taken() -> None:
    members = {Role.SENDER, Role.RECEIVER, Role.SUPERVISOR}
    rows = [row for row in TABLE if row.who & members]

    assert {row.verb for row in rows if row.of} == OF_OFFERS.keys()
    assert {row.verb for row in rows if not row.of} == {*OF_REFERRALS, *ON_THE_PAGE}
