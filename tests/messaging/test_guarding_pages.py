"""What a therapist is told, while she writes, of words that tell who somebody is."""

import logging
from typing import Any

import pytest
from django.test import Client

from messaging.models import Conversation, Draft, Message
from network.clinicians.models import Clinician, Place, Practice
from tests.conftest import signed_in
from tests.factories import a_direct

TELLING = "Call Maria Lopez at 914 555 0142, she is 43 and lives in Rye"
CLEAN = "She came back on Friday and did better on the PCL-5."
CANARY = "Zyxwvut Canary"


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


def ask(who: Clinician, room: Conversation, text: str) -> str:
    answer = looked_at(signed_in(who), room, text)
    assert answer.status_code == 200
    return str(answer.content.decode())


def looked_at(browser: Client, room: Conversation, text: str) -> Any:
    return browser.post(f"{room.get_absolute_url()}guard/", {"body": text})


def test_each_passage_stands_there_with_a_reason_and_other_words(
    ana: Clinician, room: Conversation
) -> None:
    piece = ask(ana, room, TELLING)

    for words in ("Maria Lopez", "914 555 0142", "43", "Rye"):
        assert f"<q>{words}</q>" in piece
    assert "A telephone number leads to one person." in piece
    assert 'data-start="41" data-words="43" data-rewrite="in her forties"' in piece
    assert "4 passages could tell who somebody is." in piece


def test_nothing_is_shown_of_clean_words(ana: Clinician, room: Conversation) -> None:
    piece = ask(ana, room, CLEAN)

    assert "hidden>" in piece
    assert "<q>" not in piece


def test_a_line_break_counts_once_as_in_the_box(
    ana: Clinician, room: Conversation
) -> None:
    assert 'data-start="4"' in ask(ana, room, "Hi\r\n\r\nMaria Lopez came.")


def test_the_town_of_her_own_profile_counts(ana: Clinician, room: Conversation) -> None:
    text = "A woman in her forties whose son died in a plane crash."
    assert "<q>" not in ask(ana, room, text)

    practice = Practice.objects.create(name="Elm", city="Rye", state="NY", zip="10580")
    Place.objects.create(clinician=ana, practice=practice)

    assert "plane crash" in ask(ana, room, text)


def test_an_outsider_asks_in_no_conversation_of_others(
    cleo: Clinician, room: Conversation
) -> None:
    assert looked_at(signed_in(cleo), room, TELLING).status_code == 404


def test_whoever_is_not_verified_is_told_why(
    finn: Clinician, room: Conversation
) -> None:
    assert looked_at(signed_in(finn), room, TELLING).status_code == 403


def test_a_visitor_has_to_sign_in(room: Conversation) -> None:
    assert looked_at(Client(), room, TELLING).status_code == 302


def test_what_is_looked_through_is_neither_kept_nor_logged(
    ana: Clinician, room: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask(ana, room, f"My client {CANARY} came.")

    assert CANARY not in caplog.text
    assert not Message.objects.exists()
    assert not Draft.objects.exists()
