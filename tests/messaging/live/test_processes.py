"""Several web processes are one room, also when they cannot tell each other."""

import time
from pathlib import Path

import pytest

from messaging.actions.members import remove_member
from messaging.models import Conversation
from network.clinicians.models import Clinician
from tests.live.web import close_code, in_its_own
from tests.messaging.live.lines import Line, bodies, line_of, seqs, user_of

pytestmark = pytest.mark.django_db(transaction=True)
NOWHERE = "redis://127.0.0.1:1/0"
BURST = 60


def test_senders_on_two_processes_are_heard_in_one_order_everywhere(
    room: Conversation, tmp_path: Path, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    logs = [tmp_path / name for name in ("one.log", "two.log")]
    with (
        in_its_own(logs[0]) as one,
        in_its_own(logs[1]) as two,
        line_of(one, ana, room) as anas,
        line_of(two, ben, room) as bens,
        line_of(two, dana, room) as danas,
    ):
        for line in (anas, bens, danas):
            line.subscribe(since=room.last_seq)
        for number in range(BURST):
            (anas if number % 2 else bens).send(f"line {number}")

        heard = [line.events(BURST) for line in (anas, bens, danas)]
    assert heard[0] == heard[1] == heard[2]
    first = room.last_seq + 1
    assert seqs(heard[0]) == list(range(first, first + BURST))
    for log in logs:
        assert "line " not in log.read_text()
        assert '"sweep_repairs": 0' in log.read_text()


def test_without_valkey_what_is_sent_elsewhere_arrives_and_who_is_removed_is_cut(
    room: Conversation, tmp_path: Path, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    with (
        in_its_own(tmp_path / "one.log", REDIS_URL=NOWHERE) as one,
        in_its_own(tmp_path / "two.log", REDIS_URL=NOWHERE) as two,
        line_of(one, ana, room) as anas,
        line_of(two, ben, room) as bens,
        line_of(two, dana, room) as danas,
    ):
        for line in (anas, bens, danas):
            line.subscribe(since=room.last_seq)
        for number in range(5):
            anas.sent(f"line {number}")
        began = time.monotonic()
        for line in (bens, danas):
            assert bodies(line.events(5)) == [f"line {number}" for number in range(5)]
        assert time.monotonic() - began < 4

        began = time.monotonic()
        remove_member(room, ben, by=user_of(ana))
        assert close_code(bens.socket) == 4403
        assert time.monotonic() - began < 5
        anas.sent("Without him")
        assert bodies([danas.hear("event"), danas.hear("event")]) == ["Without him"]


def test_a_process_that_stops_acknowledges_what_it_has_taken(
    room: Conversation, tmp_path: Path, ana: Clinician
) -> None:
    with (
        in_its_own(tmp_path / "one.log") as web,
        line_of(web, ana, room) as anas,
    ):
        anas.subscribe(since=room.last_seq)
        for number in range(20):
            anas.send(f"line {number}")
        anas.hear("ack")
        web.process.terminate()
        acks = [said for said in anas.rest(30) if said["type"] == "ack"]

    room.refresh_from_db()
    assert 1 + len(acks) == room.last_seq
    assert "Traceback" not in (tmp_path / "one.log").read_text()


def test_who_only_listens_elsewhere_is_found_by_name(
    room: Conversation, tmp_path: Path, ana: Clinician, ben: Clinician
) -> None:
    """A key and a name that this process does not know are learnt before the frame."""
    with (
        in_its_own(tmp_path / "one.log") as one,
        in_its_own(tmp_path / "two.log") as two,
        line_of(one, ana, room) as anas,
        line_of(two, ben, room) as bens,
    ):
        Line.subscribe(bens, since=room.last_seq)
        seq = anas.sent("Do you hear me?")
        event = bens.hear("event")
    assert (event["seq"], event["body"]) == (seq, "Do you hear me?")
    assert event["sender"]["name"] == "Ana Heron"
