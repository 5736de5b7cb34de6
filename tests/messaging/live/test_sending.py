"""What is acknowledged is kept, and everybody in the room hears it once, in order."""

import time
from uuid import uuid4

import pytest
from django.db import transaction

from messaging.models import Conversation, Membership, Message
from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope
from network.clinicians.models import Clinician
from tests.factories import a_direct
from tests.faults.site import wait_until
from tests.live.web import Web, greeted
from tests.messaging.live.lines import Line, bodies, line_of, seqs, user_of
from tests.messaging.saying import place_of, say

pytestmark = pytest.mark.django_db(transaction=True)
BURST = 50


def written(room: Conversation) -> list[int]:
    rows = Message.objects.filter(conversation=room, kind="message")
    return list(rows.order_by("seq").values_list("seq", flat=True))


def test_what_ana_sends_is_acknowledged_and_heard_by_all_three(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    with (
        line_of(web, ana, room) as anas,
        line_of(web, ben, room) as bens,
        line_of(web, dana, room) as danas,
    ):
        for line in (anas, bens, danas):
            line.subscribe(since=room.last_seq)
        seq = anas.sent("Good morning")

        events = [line.hear("event") for line in (anas, bens, danas)]
    assert written(room) == [seq] == [room.last_seq + 1]
    for event in events:
        assert (event["seq"], event["body"]) == (seq, "Good morning")
        assert event["sender"] == {"id": str(ana.public_id), "name": "Ana Heron"}


def test_a_burst_of_two_senders_is_heard_in_one_order(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    with (
        line_of(web, ana, room) as anas,
        line_of(web, ben, room) as bens,
        line_of(web, dana, room) as danas,
    ):
        for line in (anas, bens, danas):
            line.subscribe(since=room.last_seq)
        for number in range(BURST):
            (anas if number % 2 else bens).send(f"line {number}")

        heard = [line.events(BURST) for line in (anas, bens, danas)]
    assert heard[0] == heard[1] == heard[2]
    assert seqs(heard[0]) == written(room)
    for sender in (0, 1):
        own = [f"line {number}" for number in range(BURST) if number % 2 == sender]
        assert [said for said in bodies(heard[0]) if said in own] == own


def test_what_is_sent_again_after_a_cut_is_kept_once_at_its_old_place(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ben, room) as bens:
        bens.subscribe(since=room.last_seq)
        with line_of(web, ana, room) as anas:
            client_id = anas.send("Once")
            first = bens.hear("event")["seq"]
        bens.sent("In between")
        with line_of(web, ana, room) as anas:
            assert anas.sent("Once", client_id=client_id) == first

        assert bodies(bens.rest()) == ["In between"]
    assert written(room) == [first, first + 1]


def test_twins_in_one_batch_stop_nobody(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        bens.subscribe(since=room.last_seq)
        ids = [str(uuid4()) for _ in range(10)]
        for client_id in ids:
            for _ in range(2):
                anas.send("twice", client_id=client_id)
        acks = [anas.hear("ack") for _ in range(20)]
        anas.sent("And on we go")

        heard = bens.events(11)
    places = {
        client_id: {a["seq"] for a in acks if a["client_id"] == client_id}
        for client_id in ids
    }
    assert all(len(seq) == 1 for seq in places.values())
    assert bodies(heard) == ["twice"] * 10 + ["And on we go"]
    assert seqs(heard) == written(room)


def test_other_words_under_the_same_name_are_refused(
    web: Web, room: Conversation, ana: Clinician
) -> None:
    with line_of(web, ana, room) as anas:
        client_id = anas.send("First")
        anas.hear("ack")
        anas.send("Second", client_id=client_id)

        assert anas.refusal() == ("client_id_reused", client_id)
    assert len(written(room)) == 1


def test_what_is_done_to_a_message_is_heard_as_entries_of_the_same_log(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        bens.subscribe(since=room.last_seq)
        seq = anas.sent("Tuesday")
        anas.say("edit", seq=seq, body="Wednesday", client_id=str(uuid4()))
        bens.say("react", seq=seq, reaction="+agree", client_id=str(uuid4()))
        bens.hear("ack")
        bens.say("pin", seq=seq, ref="pin")
        assert bens.hear("ack")["ref"] == "pin"
        anas.say("recall", seq=seq)
        [anas.hear("ack") for _ in range(2)]
        bens.say("react", seq=seq, reaction="+agree", ref=7)
        assert bens.refusal() == ("gone", 7)

    with line_of(web, ben, room) as bens:
        missed = bens.subscribe(since=room.last_seq)[:-1]
    kinds = [said["kind"] for said in missed]
    assert sorted(kinds) == ["edit", "message", "pin", "reaction", "recall"]
    assert bodies(missed) == []
    assert [said.get("recalled") for said in missed if said["kind"] == "message"] == [
        True
    ]
    assert {said["target"] for said in missed if "target" in said} == {seq}


def test_nobody_changes_what_another_wrote(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        seq = anas.sent("Mine")
        for kind, more in (("edit", {"body": "Yours"}), ("recall", {})):
            bens.say(kind, seq=seq, ref=kind, **more)
            assert bens.refusal() == ("not_yours", kind)


def test_a_program_that_may_only_read_hears_and_says_nothing(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    def program(scope: str) -> Line:
        token = make_token(user_of(ben), name=scope, days=1, scope=scope)
        headers = {"Authorization": f"Bearer {token}"}
        return Line(greeted(web.socket(headers, origin=None)), room)

    with program(Scope.READ) as reader, program(Scope.WRITE) as writer:
        reader.subscribe(since=room.last_seq)
        client_id = reader.send("Hello")
        assert reader.refusal() == ("not_allowed", client_id)
        for kind in ("read", "typing"):
            reader.say(kind, seq=1, ref=kind)
            assert reader.refusal() == ("not_allowed", kind)

        seq = writer.sent("Hello")
        assert reader.hear("event")["seq"] == seq
    assert written(room) == [seq]


def test_whose_place_is_locked_keeps_nobody_else_from_reading(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    """They are asked for together, while his first word waits."""
    other = a_direct(dana, ana)
    for number in range(3):
        say(ana, room, f"line {number}")
    last = say(dana, other).seq
    with (
        line_of(web, ben, room) as bens,
        line_of(web, ben, room) as another,
        line_of(web, ana, other) as anas,
        transaction.atomic(),
    ):
        assert Membership.objects.of(ben).select_for_update().get()
        bens.say("read", seq=1, ref="first")
        time.sleep(0.5)
        another.say("read", seq=2, ref="second")
        anas.say("read", seq=last)
        assert bens.refusal() == ("unavailable", "first")
        assert another.refusal() == ("unavailable", "second")
        wait_until(lambda: place_of(ana, other).read_seq == last)
        assert anas.rest() == []
