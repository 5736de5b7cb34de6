"""Who chooses what a conversation's guard does, and who learns of it."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from messaging.actions.guarding import set_guard
from messaging.models import Conversation, Kind
from messaging.sending import send
from network.activity.models import Event
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.programs import Program, codes
from tests.messaging.saying import asked, her, log_of

Guarding = Conversation.Guarding
TELLING = "Call Maria Lopez at 914 555 0142."


def test_who_leads_it_sets_the_guard_and_everybody_sees_that(
    dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    circle = a_conversation(dana, ana, ben, title="Tuesday")
    set_guard(circle, Guarding.BLOCK, by=her(dana))

    circle.refresh_from_db()
    assert circle.guarding == "block"
    assert [(row.kind, row.sender) for row in log_of(circle)] == [(Kind.GUARDED, dana)]
    event = Event.objects.get(verb="conversation.guard_set")
    assert event.detail == {"level": "block"}
    page = signed_in(ben).get(circle.get_absolute_url()).content.decode()
    assert "changed what the guard does here." in page
    seeing = signed_in(ben).get(f"{circle.get_absolute_url()}seeing/")
    assert "set the guard to “block”." in seeing.content.decode()


def test_the_same_level_again_is_no_news(ana: Clinician, ben: Clinician) -> None:
    room = a_direct(ana, ben)
    set_guard(room, Guarding.WARN, by=her(ana))

    assert log_of(room) == []


def test_who_only_takes_part_cannot(
    dana: Clinician, ana: Clinician, cleo: Clinician
) -> None:
    circle = a_conversation(dana, ana, title="Tuesday")
    for person in (ana, cleo):
        with pytest.raises(PermissionDenied):
            set_guard(circle, Guarding.BLOCK, by=her(person))


def test_the_page_shows_the_choice_to_whom_it_is_and_the_level_to_others(
    dana: Clinician, ana: Clinician, cleo: Clinician
) -> None:
    circle = a_conversation(dana, ana, title="Tuesday")
    about = f"{circle.get_absolute_url()}about/"
    assert 'name="guarding"' in signed_in(dana).get(about).content.decode()
    anas = signed_in(ana).get(about).content.decode()
    assert 'name="guarding"' not in anas
    assert "<b>Warn whoever writes</b>" in anas

    address = f"{circle.get_absolute_url()}guarding/"
    assert signed_in(dana).post(address, {"guarding": "reason"}).status_code == 302
    assert signed_in(dana).post(address, {"guarding": "off"}).status_code == 302
    assert signed_in(ana).post(address, {"guarding": "warn"}).status_code == 403
    assert signed_in(cleo).post(address, {"guarding": "warn"}).status_code == 404
    circle.refresh_from_db()
    assert circle.guarding == "reason"


def test_a_program_sets_it_and_reads_it(anas: Program, room: str) -> None:
    assert anas.get(room).json()["guard"] == "warn"
    answer = anas.put(f"{room}/guard", {"level": "reason"})
    assert (answer.status_code, answer.json()["guard"]) == (200, "reason")
    assert anas.log(room)[-1]["kind"] == "guarded"
    assert codes(anas.put(f"{room}/guard", {"level": "off"}))[0][0] == "/level"


def test_an_outsiders_program_does_not(
    cleos: Program, anas: Program, room: str
) -> None:
    assert cleos.put(f"{room}/guard", {"level": "block"}).status_code == 404
    assert anas.get(room).json()["guard"] == "warn"


def test_the_guard_says_the_level_of_a_conversation_of_hers(
    ana: Clinician, cleo: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    said = {"text": "Maria Lopez", "space": str(room.public_id)}

    answer = _asked(signed_in(ana), said)
    assert answer.json()["space"] == {"level": "warn"}
    assert answer.json()["spans"][0]["label"] == "NAME"
    assert _asked(signed_in(cleo), said).status_code == 404
    assert _asked(signed_in(ana), said | {"space": str(uuid4())}).status_code == 404


def _asked(browser: Client, said: dict[str, str]) -> Any:
    return browser.post("/api/v1/guard", said, content_type="application/json")


def test_why_somebody_was_named_stands_only_with_who_can_see_it(
    ana: Clinician, ben: Clinician
) -> None:
    room = a_direct(ana, ben)
    set_guard(room, Guarding.REASON, by=her(ana))
    send(asked(ana, room), TELLING, reason="consented")

    seeing = signed_in(ben).get(f"{room.get_absolute_url()}seeing/").content.decode()
    assert "The client has consented to it" in seeing
    page = signed_in(ben).get(room.get_absolute_url()).content.decode()
    assert "consented" not in page.replace('value="consented"', "")


def test_the_page_for_editing_takes_a_reason(ana: Clinician, ben: Clinician) -> None:
    room = a_direct(ana, ben)
    send(asked(ana, room), "A word.")
    set_guard(room, Guarding.REASON, by=her(ana))
    browser, address = signed_in(ana), f"{room.get_absolute_url()}1/body/"

    page = browser.post(address, {"body": TELLING})
    assert page.status_code == 422
    assert TELLING in page.content.decode()
    said = {"body": TELLING, "guard_reason": "emergency"}
    assert browser.post(address, said).status_code == 302
    assert log_of(room)[-1].guard_reason == "emergency"
