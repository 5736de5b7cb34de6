"""What cannot be meant is answered by name, and the socket lives."""

from typing import Any
from uuid import uuid4

import pytest

from messaging.models import Conversation, Message
from network.clinicians.models import Clinician
from tests.live.web import Web, is_open
from tests.messaging.live.lines import line_of

pytestmark = pytest.mark.django_db(transaction=True)
ID = "5b0c1d5e-7d6d-4a53-9f0e-0a6a2b1c3d4e"
HELLO = {"type": "send", "client_id": ID, "body": "Hello"}
FAULTY: list[tuple[dict[str, Any], str]] = [
    ({"type": "subscribe", "conversation": None}, "malformed"),
    ({"type": "subscribe", "conversation": "nowhere"}, "malformed"),
    ({"type": "subscribe", "conversation": ["x"]}, "malformed"),
    ({"type": "subscribe", "conversation": ID.replace("-", "")}, "malformed"),
    ({"type": "subscribe", "since": -1}, "malformed"),
    ({"type": "subscribe", "since": "1"}, "malformed"),
    ({"type": "subscribe", "since": 1.5}, "malformed"),
    ({"type": "subscribe", "since": True}, "malformed"),
    ({"type": "subscribe", "since": 2**63}, "malformed"),
    ({"type": "subscribe", "epoch": 7}, "malformed"),
    ({**HELLO, "client_id": None}, "malformed"),
    ({**HELLO, "client_id": 7}, "malformed"),
    ({**HELLO, "body": None}, "malformed"),
    ({**HELLO, "body": ["Hello"]}, "malformed"),
    ({**HELLO, "body": ""}, "unfit_body"),
    ({**HELLO, "body": " \n "}, "unfit_body"),
    ({**HELLO, "body": "x" * 8_001}, "unfit_body"),
    ({**HELLO, "body": "\0"}, "unfit_body"),
    ({**HELLO, "body": "\ud800"}, "unfit_body"),
    ({**HELLO, "reply_to": 0}, "malformed"),
    ({**HELLO, "reply_to": 2**62}, "no_such_message"),
    ({**HELLO, "topic": "x"}, "malformed"),
    ({**HELLO, "topic": ID}, "unknown_topic"),
    ({**HELLO, "mentions": "ben"}, "malformed"),
    ({**HELLO, "mentions": ["ben"]}, "malformed"),
    ({**HELLO, "mentions": [ID] * 51}, "malformed"),
    ({**HELLO, "mentions": {}}, "malformed"),
    ({**HELLO, "files": 0}, "malformed"),
    ({**HELLO, "expires_in": 59}, "malformed"),
    ({**HELLO, "expires_in": 10**9}, "malformed"),
    ({"type": "edit", "seq": 1, "body": ""}, "unfit_body"),
    ({"type": "edit", "body": "Hello"}, "malformed"),
    ({"type": "edit", "seq": 1, "body": "Hello"}, "no_such_message"),
    ({"type": "recall", "seq": 0}, "malformed"),
    ({"type": "recall", "seq": 99}, "no_such_message"),
    ({"type": "react", "seq": 1}, "malformed"),
    ({"type": "react", "seq": 1, "reaction": "agree"}, "malformed"),
    ({"type": "react", "seq": 1, "reaction": "+applause"}, "malformed"),
    ({"type": "pin", "seq": {}}, "malformed"),
    ({"type": "read"}, "malformed"),
]


@pytest.mark.parametrize("start", range(0, len(FAULTY), 13))
def test_a_faulty_frame_is_named_and_the_socket_lives(
    web: Web, room: Conversation, ana: Clinician, start: int
) -> None:
    with line_of(web, ana, room) as anas:
        for frame, code in FAULTY[start : start + 13]:
            said = {"conversation": anas.room, **frame}
            anas.say(said.pop("type"), **said, ref="this")
            heard = anas.hear("error")
            assert (heard["code"], heard["ref"]) == (code, "this"), frame
        assert is_open(anas.socket)
    assert not Message.objects.filter(kind="message").exists()


def test_the_longest_body_and_odd_characters_come_as_they_were_written(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    words = ["𝄞" * 8_000, 'a\\b"c\n{},', "مرحبا \u202e abc", "{1,2}", "NULL"]
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        bens.subscribe(since=room.last_seq)
        for body in words:
            anas.sent(body)
        assert [said["body"] for said in bens.events(len(words))] == words


def test_reading_moves_ones_place_and_nobody_elses(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        first = anas.sent("One")
        anas.sent("Two")
        for seq in (first, first, first + 9):
            bens.say("read", seq=seq)
        bens.say("read", conversation_id=str(uuid4()))
        bens.refusal()
    places = dict(room.memberships.values_list("clinician", "read_ordinal"))
    assert (places[ana.pk], places[ben.pk]) == (2, 2)
    assert room.memberships.get(clinician=ben).read_seq == first + 1
