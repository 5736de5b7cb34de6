"""Nothing of a room reaches who does not belong there, from the moment on."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from messaging.actions.conversations import start_direct
from messaging.actions.members import add_member, leave, remove_member
from messaging.log import Note, write
from messaging.models import Conversation, Kind, Membership
from messaging.wire import said_of
from network.accounts.models import User
from network.activity import live
from network.clinicians.actions.leaving import leave_network
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from tests.live.web import Web, close_code, is_open
from tests.messaging.live.lines import Line, line_of, seqs, user_of
from tests.messaging.saying import say

pytestmark = pytest.mark.django_db(transaction=True)
REMOVED = 4403
WAITING = """
SELECT pid, waitstart FROM pg_locks
WHERE relation = %s::regclass AND NOT granted AND waitstart IS NOT NULL
"""


def test_an_outsider_is_answered_as_if_there_were_nothing(
    web: Web, room: Conversation, cleo: Clinician, ana: Clinician
) -> None:
    with line_of(web, cleo, room) as cleos, line_of(web, ana, room) as anas:
        anas.subscribe(since=room.last_seq)
        for conversation in (str(room.public_id), str(uuid4())):
            cleos.room = conversation
            for kind, more in (
                ("subscribe", {}),
                ("send", {"client_id": str(uuid4()), "body": "Let me in"}),
                ("edit", {"seq": 1, "body": "Let me in"}),
                ("recall", {"seq": 1}),
                ("react", {"seq": 1, "reaction": "+agree"}),
                ("pin", {"seq": 1}),
                ("read", {"seq": 1}),
                ("typing", {}),
            ):
                cleos.say(kind, ref=f"{kind} {conversation}", **more)
                assert cleos.refusal() == ("not_found", f"{kind} {conversation}")
        anas.sent("Among us")
        assert cleos.rest() == []
        assert is_open(cleos.socket)


def test_who_is_removed_in_a_burst_is_cut_and_hears_nothing_after(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    with (
        line_of(web, ana, room) as anas,
        line_of(web, ben, room) as bens,
        line_of(web, ben, room) as bens_other,
        line_of(web, dana, room) as danas,
    ):
        for line in (anas, bens, bens_other, danas):
            line.subscribe(since=room.last_seq)
        removing = threading.Thread(target=_remove, args=(room, ben, ana))
        for number in range(30):
            anas.send(f"line {number}")
            if number == 10:
                removing.start()
            time.sleep(0.01)
        removing.join(60)

        everything = danas.events(31)
        removed = next(said for said in everything if said["kind"] == "removed")
        assert removed["person"]["id"] == str(ben.public_id)
        for line in (bens, bens_other):
            heard = seqs(line.rest(30))  # until she is cut
            assert heard == list(range(room.last_seq + 1, removed["seq"]))
            assert close_code(line.socket) == REMOVED
        assert seqs(everything) == list(range(room.last_seq + 1, room.last_seq + 32))


def _remove(room: Conversation, who: Clinician, by: Clinician) -> None:
    try:
        remove_member(room, who, by=user_of(by))
    finally:
        connection.close()


def test_who_is_removed_may_not_come_back_or_send_until_she_is_let_in_again(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    with line_of(web, ben, room) as bens:
        bens.subscribe(since=room.last_seq)
        began = time.monotonic()
        remove_member(room, ben, by=user_of(ana))
        assert close_code(bens.socket) == REMOVED
        assert time.monotonic() - began < 2

    with line_of(web, ben, room) as bens:
        bens.say("subscribe", ref="room", since=0, epoch=bens.epoch)
        assert bens.refusal() == ("not_found", "room")
        client_id = bens.send("Still here")
        assert bens.refusal() == ("not_found", client_id)

        add_member(room, ben, with_history=True, by=user_of(ana))
        bens.subscribe(since=0)
        bens.sent("Here again")
        assert [said["kind"] for said in bens.rest()] == ["message"]


def test_who_catches_up_hears_nothing_of_which_the_room_has_not_heard(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    """The tail is forgotten while it is read, by a recall; and of the removal there is
    no word yet when she is told from the log instead.
    """
    for _ in range(3):
        last = say(ana, room).seq
    with line_of(web, dana, room) as danas, line_of(web, ben, room) as bens:
        danas.subscribe(since=last)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE messaging_topic IN ACCESS EXCLUSIVE MODE")
            bens.say("subscribe", epoch=bens.epoch, since=1)
            _given_up(0, "messaging_topic")  # what comes before the tail
            Membership.objects.filter(clinician=ben).update(left_at=timezone.now())
            room.refresh_from_db()
            recalled = Note(Kind.RECALL, sender=ana, target=last)
            removed = Note(Kind.REMOVED, sender=ana, about=ben)
            recall, *_ = write(room, [recalled, removed, Note(Kind.GUARDED)])
            live.publish(danas.room, said_of([recall]))
            assert danas.hear("event")["seq"] == recall.seq

        assert seqs(bens.rest(5)) == [2, 3, recall.seq]
        assert close_code(bens.socket) == REMOVED
        assert seqs(danas.events(2)) == [recall.seq + 1, recall.seq + 2]


def test_who_leaves_is_cut_in_that_room_alone(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    with line_of(web, dana, room) as danas, line_of(web, ben, room) as bens:
        danas.subscribe(since=room.last_seq)
        bens.subscribe(since=room.last_seq)
        leave(room, by=user_of(dana))

        assert close_code(danas.socket) == REMOVED
        assert bens.hear("event")["kind"] == "left"
        assert is_open(bens.socket)


@pytest.mark.parametrize("what", ["verified_at", "suspended_at", "left_at"])
def test_who_may_read_nowhere_any_more_hears_nothing_within_seconds(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, what: str
) -> None:
    """Nothing is said in the room about it: the sweep finds it."""
    now = None if what == "verified_at" else timezone.now()
    with line_of(web, ben, room) as bens, line_of(web, ana, room) as anas:
        bens.subscribe(since=room.last_seq)
        Clinician.objects.filter(pk=ben.pk).update(**{what: now})

        assert close_code(bens.socket, 12) == REMOVED
        anas.sent("Without him")


def test_who_was_put_out_is_looked_for_until_the_database_answers(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    """The version tells of it, and nothing else does."""
    with line_of(web, ben, room) as bens:
        bens.subscribe(since=room.last_seq)
        with _locked("messaging_manners"):
            Membership.objects.filter(clinician=ben).update(left_at=timezone.now())
            rooms = Conversation.objects.filter(pk=room.pk)
            rooms.update(access_version=F("access_version") + 1)
            _given_up(3, "messaging_manners")  # one of them about that room
        assert close_code(bens.socket, 12) == REMOVED


@pytest.mark.parametrize("how", ["suspended", "gone"])
def test_whom_an_action_puts_out_of_the_network_is_cut_at_once(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, staff: User, how: str
) -> None:
    with line_of(web, ben, room) as bens, line_of(web, ana, room) as anas:
        bens.subscribe(since=room.last_seq)
        anas.subscribe(since=room.last_seq)
        began = time.monotonic()
        if how == "suspended":
            suspend_member(ben, by=staff, why="A test")
        else:
            leave_network(ben, by=user_of(ben))
        assert close_code(bens.socket) == REMOVED
        assert time.monotonic() - began < 2
        anas.sent("Without him")
        assert is_open(anas.socket)


def test_one_line_in_two_rooms_hears_of_both(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    direct = start_direct(ana, ben, by=user_of(ana))
    with line_of(web, ana, room) as anas:
        other = Line(anas.socket, direct)
        anas.subscribe(since=room.last_seq)
        other.subscribe(since=direct.last_seq)
        anas.send("here")
        other.send("there")
        heard = {anas.hear("event")["conversation"] for _ in range(2)}
    assert heard == {anas.room, other.room}


@contextmanager
def _locked(table: str) -> Iterator[None]:
    """Whoever reads it waits, and gives up."""
    holder = connection.copy()
    holder.set_autocommit(False)
    with closing(holder), holder.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def _given_up(questions: int, about: str) -> None:
    """Until so many have waited for it, one after the other."""
    seen: set[object] = set()
    end = time.monotonic() + 60
    while len(seen) <= questions:
        assert time.monotonic() < end
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [about])
            seen.update(cursor.fetchall())
        time.sleep(0.05)
