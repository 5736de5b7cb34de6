"""Nobody gets in by an address alone: no stranger, no newcomer, no outsider."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import path

from network.accounts.actions.tokens import make_token
from network.accounts.models import ApiToken
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.list_entries import (
    Words,
    list_colleague,
    write_on_entry,
)
from network.clinicians.actions.lists import make_list
from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician
from tests.architecture.doors import Door, doors
from tests.clients.people import a_client
from tests.conftest import signed_in
from tests.factories import a_conversation
from tests.messaging.saying import say

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
CANARY = "canary-of-ana"
NAMES = (CANARY, "Ana Heron", "Ben Sparrow")


@dataclass(frozen=True)
class Ana:
    """What she has, each thing with a canary where it has words."""

    ids: tuple[object, ...]


@pytest.fixture
def anas(ana: Clinician, ben: Clinician) -> Ana:
    assert ana.user is not None
    need = save_need({"need": {"kind": CANARY}}, owner=ana, by=ana.user)
    kept = make_list(CANARY, owner=ana, by=ana.user)
    entry = list_colleague(kept, ben, by=ana.user)
    write_on_entry(entry, Words(CANARY, (CANARY,)), by=ana.user)
    make_token(ana.user, name=CANARY, days=30)
    with transaction.atomic():
        event = record(Actor.of(ana.user), "user.noted", ana, notify=[ana.user])
    told = event.notifications.get()
    token = ApiToken.objects.get()
    room = a_conversation(ana, ben, title=CANARY)
    say(ana, room, CANARY)
    client = a_client(ana, note=CANARY)
    ids = (need, ana, token, told, kept, room, client)
    return Ana(tuple(one.public_id for one in ids))


def answers(
    who: Callable[[], Client], anas: Ana, found: Iterable[Door]
) -> Iterator[tuple[Door, str, HttpResponse]]:
    for door in found:
        for value in ("-",) if door.is_general else anas.ids:
            for method in ("get", "post"):
                address = door.at(value)
                answer = getattr(who(), method)(address)
                yield door, f"{method} {address}", answer


def is_closed(answer: HttpResponse) -> bool:
    if answer.status_code == HTTPStatus.FOUND:
        return answer["Location"].startswith(resolve_url(settings.LOGIN_URL))
    return answer.status_code in CLOSED


def open_to_strangers(anas: Ana, found: Iterable[Door]) -> set[str]:
    return {
        door.name
        for door, _, answer in answers(Client, anas, found)
        if not is_closed(answer)
    }


def leaks(
    who: Callable[[], Client], anas: Ana, words: tuple[str, ...], found: Iterable[Door]
) -> list[str]:
    return [
        f"{what}: {word}"
        for _, what, answer in answers(who, anas, found)
        for word in words
        if word in _said(answer)
    ]


def _said(answer: HttpResponse) -> str:
    parts = answer if answer.streaming else [answer.content]
    return b"".join(parts).decode(errors="replace") + str(answer.headers)


def test_a_stranger_finds_every_door_closed_but_the_public_ones(anas: Ana) -> None:
    found = open_to_strangers(anas, doors())

    assert found - PUBLIC.keys() == set()
    assert {door.name for door in doors()} >= PUBLIC.keys()


def test_a_stranger_reads_nothing_of_anybody(anas: Ana) -> None:
    assert leaks(Client, anas, NAMES, doors()) == []


def test_a_newcomer_reads_nothing_of_anybody(anas: Ana, finn: Clinician) -> None:
    assert leaks(lambda: signed_in(finn), anas, NAMES, doors()) == []


def test_an_outsider_reads_nothing_that_is_anas_alone(
    anas: Ana, cleo: Clinician
) -> None:
    assert leaks(lambda: signed_in(cleo), anas, (CANARY,), doors()) == []


def test_what_is_anas_is_missing_to_an_outsider(
    client: Client, anas: Ana, cleo: Clinician
) -> None:
    need = anas.ids[0]
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
    anas: Ana, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config import urls

    known = {door.name for door in doors()}
    planted = path("planted/", _planted, name="planted")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, planted])
    _forget_addresses()

    try:
        found = [door for door in doors() if door.name not in known]
        assert open_to_strangers(anas, found) == {"planted"}
        assert leaks(Client, anas, (CANARY,), found) == [
            f"get /planted/: {CANARY}",
            f"post /planted/: {CANARY}",
        ]
    finally:
        monkeypatch.undo()
        _forget_addresses()


def _forget_addresses() -> None:
    from django.urls import clear_url_caches

    clear_url_caches()
