"""Without the keystore nothing is sealed or opened: that is said calmly, and ends."""

from uuid import uuid4

import pytest
from django.test import Client

from network.clinicians.models import Clinician
from network.privacy.data_keys import forget_all
from tests.conftest import signed_in
from tests.factories import a_direct
from tests.messaging.programs import Program
from tests.messaging.saying import log_of, say
from tests.privacy.keeping import serving

pytestmark = pytest.mark.django_db(transaction=True)


def browser_of(person: Clinician) -> Client:
    browser = signed_in(person)
    browser.raise_request_exception = False
    return browser


def test_pages_say_so_and_the_next_try_succeeds(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    say(ben, direct, "Before")
    browser, where = browser_of(ana), direct.get_absolute_url()
    said = {"client_id": str(uuid4()), "body": "Is this kept?"}

    with serving("nowhere"):
        forget_all()
        answers = [browser.post(f"{where}messages/", said), browser.get(where)]
        for answer in answers:
            assert answer.status_code == 503
            assert "Back in a moment" in answer.content.decode()
            assert "Is this kept?" not in answer.content.decode()
        assert len(log_of(direct)) == 1

    assert browser.post(f"{where}messages/", said).status_code == 302
    assert browser.get(where).status_code == 200
    assert len(log_of(direct)) == 2


def test_programs_hear_it_as_a_code(anas: Program, room: str) -> None:
    where, said = f"{room}/messages", {"client_id": str(uuid4()), "body": "Is it?"}

    with serving("nowhere"):
        forget_all()
        for answer in (anas.post(where, said), anas.get(where)):
            assert answer.status_code == 503
            assert answer.json()["errors"][0]["code"] == "unavailable"
            assert answer["Retry-After"]

    assert anas.post(where, said).status_code == 201
    assert anas.post(where, said).status_code == 200
