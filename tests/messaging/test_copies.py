"""A member takes a copy of a conversation away."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client

from messaging.actions.conversations import attach_conversation, close, shut
from messaging.actions.copies import take_copy
from messaging.actions.members import add_member, leave
from messaging.actions.topics import make_topic
from messaging.copies import Part, parts
from messaging.copies.copy import Copy
from messaging.copies.lines import as_json
from messaging.copies.parts import LABELS, MOST, Format
from messaging.models import Conversation
from messaging.seeing import acts
from network.activity.actors import Actor
from network.activity.models import Event
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation
from tests.home.again import post_again
from tests.messaging.saying import do, her, place_of, say

JSON = Part(Format.JSON, 1, 1)


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    circle = a_conversation(dana, ana, ben, title="Tuesday")
    say(dana, circle, "before <b>")
    return circle


def take(who: Clinician, circle: Conversation, part: str) -> Any:
    return post_again(signed_in(who), f"{circle.get_absolute_url()}copy/", part=part)


def copied(who: Clinician, circle: Conversation) -> dict[str, Any]:
    answer = take(who, circle, "json-1")
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="conversation.json"'
    made: dict[str, Any] = json.loads(answer.content)
    return made


def test_it_says_what_she_may_read_as_it_reads_today(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    topic = make_topic(circle, "Planning", by=her(ana))
    say(ana, circle, "first", topic=topic.public_id, reply_to=1)
    say(ana, circle, "second", kind="edit", target=3)
    say(dana, circle, "regretted")
    do(dana, circle, "recall", 5)
    do(dana, circle, "reaction", 3, detail="+agree")
    leave(circle, by=her(ben))

    made = copied(ana, circle)

    said = [line for line in made["messages"] if line["kind"] == "message"]
    assert [line.get("text") for line in said] == ["before <b>", "second", None]
    assert said[1] == {
        **said[1],
        "by": ana.display_name,
        "topic": "Planning",
        "reply_to": 1,
        "edited": True,
        "reactions": {"agree": [dana.display_name]},
    }
    assert said[2]["gone"] == "recalled"
    assert made["messages"][-1]["about"] == ben.display_name
    assert "regretted" not in json.dumps(made)
    assert made["title"] == "Tuesday"
    assert made["taken_by"] == ana.display_name
    assert len(made["people"]) == 3


def test_a_copy_calls_nobody_you(circle: Conversation, ana: Clinician) -> None:
    say(ana, circle, "first")
    say(ana, circle, "second", reply_to=2)
    make_topic(circle, "Planning", by=her(ana))

    *_, answer, topic = Copy.of(place_of(ana, circle), JSON, "Tuesday").lines()

    assert (answer.said_by, topic.words) == (ana.name, f"{ana.name} began a topic.")
    assert answer.quote is not None
    assert answer.quote.said_by == ana.name


def test_who_closed_it_is_named_where_somebody_did(
    circle: Conversation, dana: Clinician, ana: Clinician
) -> None:
    close(circle, by=her(dana))
    other = attach_conversation([dana, ana], by=her(ana))
    with transaction.atomic():
        shut(other, by=Actor.system())

    hers, nobodys = (copied(ana, one)["messages"][-1] for one in (circle, other))

    assert (hers["kind"], hers["by"]) == ("closed", dana.display_name)
    assert nobodys["kind"] == "closed"
    assert "by" not in nobodys


def test_who_came_later_takes_no_more_than_she_reads(
    circle: Conversation, dana: Clinician, eli: Clinician
) -> None:
    add_member(circle, eli, with_history=False, by=her(dana))
    say(dana, circle, "after")

    made = copied(eli, circle)

    texts = [line.get("text") for line in made["messages"]]
    assert texts == [None, "after"]
    assert made["trail"][0]["said"] == f"{dana.name} took in {eli.name}."


def test_the_trail_notes_it_and_every_member_sees_it(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    made = copied(ana, circle)

    [event] = Event.objects.filter(verb="conversation.exported")
    assert event.detail == {"format": "json", "part": 1, "of": 1}
    everybody = {her(one).public_id for one in (dana, ana, ben)}
    assert set(event.audience) == everybody
    assert not event.notifications.exists()
    said = f"{ana.name} took a copy away, as json."
    assert acts(place_of(ben, circle))[0].words == said
    assert made["trail"][-1]["said"] == said


def test_a_pdf_has_the_words_and_a_name_that_says_nothing(
    circle: Conversation, ana: Clinician
) -> None:
    answer = take(ana, circle, "pdf-1")

    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="conversation.pdf"'
    assert b"Tuesday" not in answer.content[:400]
    [event] = Event.objects.filter(verb="conversation.exported")
    assert event.detail["format"] == "pdf"


def test_a_long_one_is_taken_in_parts(
    circle: Conversation, ana: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST, Format.JSON, 3)
    for number in range(6):
        say(ana, circle, f"No. {number}")
    place = place_of(ana, circle)

    found = [part for part in parts(place) if part.format == Format.JSON]

    assert [part.code for part in found] == ["json-1", "json-2", "json-3"]
    assert found[1].label == f"{LABELS[Format.JSON]}: part 2 of 3"
    made = [json.loads("".join(as_json(Copy.of(place, one, "")))) for one in found]
    told = [[line["text"] for line in one["messages"]] for one in made]
    assert told == [
        ["before <b>", "No. 0", "No. 1"],
        ["No. 2", "No. 3", "No. 4"],
        ["No. 5"],
    ]


def test_an_empty_conversation_has_its_copy_too(
    dana: Clinician, ana: Clinician
) -> None:
    assert copied(ana, a_conversation(dana, ana))["messages"] == []


def test_a_fresh_sign_in_is_asked_for(circle: Conversation, ana: Clinician) -> None:
    where = f"{circle.get_absolute_url()}copy/"

    answer = signed_in(ana).post(where, {"part": "json-1"})

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert not Event.objects.filter(verb="conversation.exported").exists()


def test_only_a_member_takes_a_copy(
    circle: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    address = f"{circle.get_absolute_url()}copy/"
    outside: Client = signed_in(cleo)
    assert outside.get(address).status_code == 404
    assert outside.post(address, {"part": "json-1"}).status_code == 404
    with pytest.raises(PermissionDenied):
        take_copy(circle, JSON, by=her(cleo))

    leave(circle, by=her(ben))
    with pytest.raises(PermissionDenied):
        take_copy(circle, JSON, by=her(ben))
    assert not Event.objects.filter(verb="conversation.exported").exists()


def test_no_other_part_is_taken_than_there_is(
    circle: Conversation, ana: Clinician
) -> None:
    answer = take(ana, circle, "json-2")

    assert answer.status_code == 422
    assert "Error: Take a copy" in answer.content.decode()
