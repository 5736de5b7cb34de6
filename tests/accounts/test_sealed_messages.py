"""What a page says after a step waits sealed, and is shown once."""

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory

from network.accounts.sealed_messages import PLACE, Storage
from network.accounts.sealed_sessions import SessionStore
from network.clinicians.models import Clinician
from network.privacy.keys import ring
from tests.clients.people import a_client, a_consent, signed
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
SAID = "Taken back. Nobody reads by it any more."


def said_to(browser: Browser, client: str, consent: str) -> str:
    """She takes a permission back; what is said of it waits in her browser."""
    browser.post(f"{client}consents/{consent}/ending/", {"verb": "revoke"})
    return browser.cookies["messages"].value


def test_it_waits_under_the_key_of_the_house(ana: Clinician, ben: Clinician) -> None:
    client, browser = a_client(ana), signed_in(ana)
    consent = signed(a_consent(client, ben))

    kept = said_to(browser, client.get_absolute_url(), str(consent.public_id))

    assert kept.startswith(ring().prefix)
    assert SAID in ring().open(kept, PLACE)
    assert SAID in browser.get(client.get_absolute_url()).content.decode()
    assert SAID not in browser.get(client.get_absolute_url()).content.decode()


def test_what_somebody_else_has_written_there_is_not_shown(ana: Clinician) -> None:
    browser = signed_in(ana)
    for made in ("made up", ring().seal('[["__json_message",0,25,"You won"]]', "x")):
        browser.cookies["messages"] = made

        assert "You won" not in browser.get("/clients/").content.decode()


def test_what_is_too_much_for_a_cookie_waits_in_the_session() -> None:
    many = [
        f"Sentence {number}, and as long as such sentences are." for number in range(90)
    ]
    session = SessionStore()
    request = RequestFactory().get("/")
    request.session = session
    answer = HttpResponse()
    written = Storage(request)
    for words in many:
        written.add(SUCCESS, words)

    assert written.update(answer) == []

    again = RequestFactory().get("/")
    again.session = session
    again.COOKIES["messages"] = answer.cookies["messages"].value
    assert read(Storage(again)) == many


def read(storage: BaseStorage) -> list[str]:
    return [str(one.message) for one in storage]
