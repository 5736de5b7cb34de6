"""Nobody gets in by an address alone: no stranger, no newcomer, no outsider."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from network.clinicians.models import Clinician
from tests.architecture.anas import CANARY, Things, fitting, things_of
from tests.architecture.doors import WORDS, Door, doors
from tests.architecture.visitors import Member, Program, Stranger, is_to
from tests.conftest import signed_in

PUBLIC = {
    "home:today": "says what this is",
    "home:terms": "what one joins by",
    "home:privacy": "what one joins by",
    "home:manifest": "the card of the app, without a word of anybody",
    "home:offline": "what a device keeps, the same for everybody",
    "home:service_worker": "what a device runs, the same for everybody",
    "activity:mails": "from a mail: ends mail, or takes that back",
    "livez": "health, for whoever watches",
    "readyz": "health, for whoever watches",
    "client_link:leaving": "forgets a client's link in this browser",
    "guest:leaving": "forgets a guest's link in this browser",
    "clinicians:openings_arrival": "from a mail",
    "clinicians:openings_answer": "with the cookie that a link from a mail gave",
    "account_login": "the way in",
    "account_signup": "the way in",
    "account_logout": "leads home",
    "account_inactive": "says that the account is closed",
    "account_confirm_email": "from a mail",
    "account_email_verification_sent": "after signing up",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "from a mail",
    "account_reset_password_from_key_done": "a forgotten password",
    "clinicians:invitation": "from a mail",
}
CLOSED = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
}
NAMES = (CANARY, "Ana Heron", "Ben Sparrow", "Rosa Wren")
OF_CASES = ("/api/v1/referrals", "/api/v1/offers", "/api/v1/clients")
# Everybody has them; what is in them is one's own.
OWN_LISTS = {"api:work_list"}
Answer = tuple[Door, str, HttpResponse]


@pytest.fixture
def anas(ana: Clinician, ben: Clinician) -> Things:
    return things_of(ana, ben)


def answers(
    who: Member | Stranger | Program, anas: Things, found: Iterable[Door]
) -> Iterator[Answer]:
    for door in found:
        things = fitting(anas, door.path)
        for address in dict.fromkeys(at for one in things for at in door.each(one)):
            for method in ("get", "post"):
                answer = who.knock(door, method, address)
                yield door, f"{method} {address}", answer


def is_closed(answer: HttpResponse) -> bool:
    if answer.status_code == HTTPStatus.FOUND:
        return is_to(answer, settings.LOGIN_URL)
    return answer.status_code in CLOSED


def what_is_open(found: Iterable[Answer]) -> set[str]:
    return {door.name for door, _, answer in found if not is_closed(answer)}


def leaks(found: Iterable[Answer], words: tuple[str, ...]) -> list[str]:
    return [
        f"{what}: {word}"
        for _, what, answer in found
        for said in [_said(answer)]
        for word in words
        if word in said
    ]


def _said(answer: HttpResponse) -> str:
    parts = answer if answer.streaming else [answer.content]
    return b"".join(parts).decode(errors="replace") + str(answer.headers)


def test_a_stranger_opens_public_doors_alone_and_reads_nothing_of_anybody(
    anas: Things,
) -> None:
    found = list(answers(Stranger(), anas, doors()))

    assert what_is_open(found) - PUBLIC.keys() == set()
    assert {door.name for door in doors()} >= PUBLIC.keys()
    assert leaks(found, NAMES) == []


def test_a_newcomer_reads_nothing_of_anybody(anas: Things, finn: Clinician) -> None:
    assert leaks(answers(Member(finn), anas, doors()), NAMES) == []


def test_an_outsider_reads_nothing_that_is_anas_alone(
    anas: Things, cleo: Clinician
) -> None:
    found = answers(Member(cleo), anas, doors())

    assert leaks(found, (CANARY,)) == []


@pytest.mark.parametrize(("who", "words"), [("cleo", (CANARY,)), ("finn", NAMES)])
def test_by_a_token_nobody_reads_more(
    anas: Things, who: str, words: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    program = Program(request.getfixturevalue(who))
    found = [door for door in doors() if door.name.startswith("api:")]
    seen = list(answers(program, anas, found))

    assert leaks(seen, words) == []
    assert program.is_known()
    for door, what, answer in seen:
        if door.path.startswith(OF_CASES) and "%(" in door.path:
            assert answer.status_code in CLOSED or door.name in OWN_LISTS, what


def test_by_her_own_token_ana_reads_it(anas: Things, ana: Clinician) -> None:
    """So what the others are refused is there."""
    found = [door for door in doors() if door.path.startswith(OF_CASES)]
    seen = list(answers(Program(ana), anas, found))

    assert any(CANARY in answer.content.decode() for _, _, answer in seen)
    taken = {door.name for door, _, answer in seen if answer.status_code == 200}
    assert taken >= {"api:referral", "api:offer", "api:one_client", "api:work_list"}


def test_every_step_and_every_list_has_its_door() -> None:
    for door in doors():
        if door.name in WORDS:
            assert len(set(door.each("x"))) == len(WORDS[door.name])
    assert {door.name for door in doors()} >= WORDS.keys()


def test_what_is_anas_is_missing_to_an_outsider(anas: Things, cleo: Clinician) -> None:
    [need] = anas["/find/"]
    browser = signed_in(cleo)

    for door in doors():
        if door.path.startswith("/find/%("):
            for ask in (browser.get, browser.post):
                status = ask(door.at(need)).status_code
                assert status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


@login_not_required
def _planted(request: HttpRequest) -> HttpResponse:
    return HttpResponse(CANARY)


def test_a_planted_open_door_is_found(
    anas: Things, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config import urls

    known = {door.name for door in doors()}
    planted = path("planted/", _planted, name="planted")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, planted])
    _forget_addresses()

    try:
        found = [door for door in doors() if door.name not in known]
        seen = list(answers(Stranger(), anas, found))
        assert what_is_open(seen) == {"planted"}
        assert leaks(seen, (CANARY,)) == [
            f"get /planted/: {CANARY}",
            f"post /planted/: {CANARY}",
        ]
    finally:
        monkeypatch.undo()
        _forget_addresses()


def _forget_addresses() -> None:
    from django.urls import clear_url_caches

    clear_url_caches()
