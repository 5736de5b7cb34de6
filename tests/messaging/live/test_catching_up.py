"""Whoever comes back hears what she missed, once and in order; then what follows."""

import json
import socket
import time
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from messaging.actions.members import add_member
from messaging.bodies import key_now, sealed
from messaging.live.room import Frame, Room
from messaging.log import Submission, append
from messaging.models import Conversation
from network.activity import live
from network.clinicians.models import Clinician
from tests.factories import a_direct
from tests.live.web import V1, Web, close_code, cookie_of, greeted
from tests.messaging.live.lines import Line, bodies, line_of, seqs, user_of

pytestmark = pytest.mark.django_db(transaction=True)


def fill(
    room: Conversation, sender: Clinician, count: int, words: str = "line {}"
) -> int:
    """So many messages, as if sent elsewhere; the seq of the last."""
    key = key_now(room.public_id)
    asked = []
    for number in range(count):
        blank = Submission(
            conversation=room.public_id,
            person=user_of(sender).public_id,
            kind="message",
            client_id=uuid4(),
        )
        asked.append(sealed(blank, words.format(number), key))
    with transaction.atomic(), connection.cursor() as cursor:
        append(cursor, asked)
    room.refresh_from_db()
    return room.last_seq


@pytest.mark.parametrize("count", [1, 50, 199, 200, 201, 1_500])
def test_what_was_missed_comes_in_order_and_then_what_follows(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, count: int
) -> None:
    since = room.last_seq
    last = fill(room, ana, count)
    with line_of(web, ben, room) as bens:
        heard = bens.subscribe(since=since)
        assert seqs(heard) == list(range(since + 1, last + 1))
        assert bodies(heard) == [f"line {number}" for number in range(count)]
        assert heard[-1] == {
            "type": "synced",
            "conversation": bens.room,
            "epoch": bens.epoch,
            "seq": last,
        }
        bens.send("Here I am")
        assert bens.hear("event")["seq"] == last + 1


def test_the_tail_keeps_no_words_that_are_over() -> None:
    here = Room(uuid4())
    here.open_at(uuid4(), 0, 0)
    here.remember(Frame(1, "for ever"))
    here.remember(Frame(2, "for a while", over_at=time.time() + 60))
    assert not here.is_stale
    here.remember(Frame(3, "until now", over_at=time.time()))
    assert here.is_stale
    here.forget_tail()
    assert not here.is_stale


def test_a_place_of_another_log_or_too_far_back_or_ahead_begins_anew(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    last = fill(room, ana, 2_100)
    places: list[dict[str, Any]] = [
        {"since": 1},
        {"since": last, "epoch": str(uuid4())},
        {"since": last, "epoch": None},
        {"since": None},
        {"since": last + 1},
    ]
    with line_of(web, ben, room) as bens:
        for place in places:
            reset, *heard = bens.subscribe(**place)
            assert reset == {
                "type": "reset",
                "conversation": bens.room,
                "epoch": bens.epoch,
                "first": last - 49,
            }
            assert seqs(heard) == list(range(last - 49, last + 1))


def test_a_place_in_a_log_that_was_restored_since_begins_anew(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    """Else she took what was written after the restore for what she has."""
    kept, other = room.epoch, a_direct(ana, ben)
    last = fill(room, ana, 3)

    call_command("renew_epochs", stdout=(said := StringIO()))

    assert said.getvalue() == "2 logs begin anew\n"
    was = {kept, other.epoch}
    for one in (room, other):
        one.refresh_from_db()
    assert len(was | {room.epoch, other.epoch}) == 4
    with line_of(web, ben, room) as bens:
        reset, *heard = bens.subscribe(since=last, epoch=str(kept))
        assert (reset["type"], reset["epoch"]) == ("reset", str(room.epoch))
        assert seqs(heard)[-1] == last


def test_the_tail_of_a_busy_room_and_what_is_live_join_without_a_seam(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    since = room.last_seq
    fill(room, ana, 30)
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        anas.subscribe(since=room.last_seq)
        for number in range(20):
            anas.send(f"live {number}")
        heard = bens.subscribe(since=since)
        missed = seqs(heard)
        later = seqs(bens.events(50 - len(missed)))
        assert missed + later == list(range(since + 1, since + 51))

        with line_of(web, dana, room) as danas:
            assert seqs(danas.subscribe(since=since + 40)) == missed_range(since)


def missed_range(since: int) -> list[int]:
    return list(range(since + 41, since + 51))


def test_who_came_later_hears_nothing_of_before(
    web: Web, room: Conversation, ana: Clinician, eli: Clinician
) -> None:
    last = fill(room, ana, 5)
    add_member(room, eli, with_history=False, by=user_of(ana))
    with line_of(web, eli, room) as elis:
        for place in ({"since": 0}, {"since": None}):
            heard = elis.subscribe(**place)
            assert [said["kind"] for said in heard if said["type"] == "event"] == [
                "joined"
            ]
            assert seqs(heard) == [last + 1]


def test_who_came_later_does_not_hear_what_was_before_in_other_words(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, eli: Clinician
) -> None:
    before = fill(room, ana, 1)
    add_member(room, eli, with_history=False, by=user_of(ana))
    with (
        line_of(web, ana, room) as anas,
        line_of(web, ben, room) as bens,
        line_of(web, eli, room) as elis,
    ):
        bens.subscribe(since=before + 1)
        elis.subscribe()
        anas.say("edit", seq=before, body="Secret, in other words")
        anas.hear("ack")
        own = anas.sent("For everybody")
        anas.say("edit", seq=own, body="For everybody, in other words")

        assert bodies(bens.events(3)) == [
            "Secret, in other words",
            "For everybody",
            "For everybody, in other words",
        ]
        told = elis.events(3)
        assert [(said["kind"], said.get("target")) for said in told] == [
            ("edit", before),
            ("message", None),
            ("edit", own),
        ]
        theirs = ["For everybody", "For everybody, in other words"]
        assert bodies(told) == theirs
        assert bodies(elis.subscribe()) == theirs
        assert bodies(elis.subscribe(since=None)) == theirs


def test_whoever_subscribes_again_on_the_same_line_hears_nothing_twice(
    web: Web, room: Conversation, ana: Clinician
) -> None:
    with line_of(web, ana, room) as anas:
        for _ in range(3):
            anas.subscribe(since=room.last_seq)
        anas.sent("Once")
        assert len(anas.rest()) == 1
        anas.say("unsubscribe")
        anas.sent("Unheard")
        assert anas.rest() == []


def test_who_stops_reading_is_cut_delays_nobody_and_catches_up(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    since, fat = room.last_seq, "x" * 8_000
    lazy = web.socket(cookie_of(ben), max_queue=1)
    with line_of(web, dana, room) as danas, Line(greeted(lazy), room) as bens:
        bens.subscribe(since=since)
        danas.subscribe(since=since)
        for _ in range(15):
            last = fill(room, ana, 100, fat)
            live.publish(danas.room, json.dumps({"upto": last}))
            assert seqs(danas.events(100)) == list(range(last - 99, last + 1))
        assert close_code(lazy, 20) == 4408

    with line_of(web, ben, room) as bens:
        heard = seqs(bens.subscribe(since=since))
    assert heard == list(range(since + 1, last + 1))


def test_whoever_reads_is_not_cut_by_much_that_comes_at_once(
    web: Web, room: Conversation, ana: Clinician, dana: Clinician
) -> None:
    """More than the system holds for her line, in one piece: live, and missed."""
    since, fat = room.last_seq, "🪶" * 7_900
    with narrow(web, dana, room) as danas:
        danas.subscribe(since=since)
        last = fill(room, ana, 200, fat)
        live.publish(danas.room, json.dumps({"upto": last}))
        assert seqs(danas.events(200)) == list(range(since + 1, last + 1))

    with narrow(web, dana, room) as danas:
        assert seqs(danas.subscribe(since=since)) == list(range(since + 1, last + 1))


def narrow(web: Web, person: Clinician, room: Conversation) -> Line:
    """A line of which the system holds little that is not read yet."""
    wire = socket.socket()
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8_192)
    wire.connect(("localhost", web.port))
    line = connect(
        f"ws://localhost:{web.port}/live/",
        sock=wire,
        origin=Origin(web.origin),
        subprotocols=[Subprotocol(V1)],
        additional_headers=cookie_of(person),
        max_queue=1,
        legacy=True,
    )
    return Line(greeted(line), room)


@pytest.mark.parametrize("said", ["nonsense", "[]", '{"e": [7]}', '{"upto": {}}'])
def test_what_is_no_word_of_ours_stops_no_room(
    web: Web, room: Conversation, ana: Clinician, dana: Clinician, said: str
) -> None:
    since = room.last_seq
    with line_of(web, dana, room) as danas:
        danas.subscribe(since=since)
        live.publish(danas.room, said)
        last = fill(room, ana, 1, "still here")
        live.publish(danas.room, json.dumps({"upto": last}))

        assert seqs(danas.events(1)) == [last]
