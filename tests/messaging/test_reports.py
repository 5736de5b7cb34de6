"""Somebody is reported from a conversation: staff learn where, never what was said."""

import pytest
from django.core.exceptions import PermissionDenied

from messaging.actions.members import remove_member
from messaging.actions.reports import report_member
from messaging.models import Conversation, Kind
from network.accounts.models import User
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Block, Clinician, Inquiry, Report
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import do, her, say

pytestmark = pytest.mark.django_db
SECRET = "words that are between the two of them"
FILED = {"ground": "conduct", "words": "It was threatening."}


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


def told(who: Clinician, room: Conversation, path: str = "") -> str:
    answer = signed_in(who).get(f"{room.get_absolute_url()}{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_message_is_reported_by_its_number(
    room: Conversation, ana: Clinician, ben: Clinician, staff: User
) -> None:
    seq = say(ben, room, SECRET).seq
    address = f"{room.get_absolute_url()}{seq}/report/"
    assert "Who?" not in told(ana, room, f"{seq}/report/")

    signed_in(ana).post(address, FILED)

    report = Report.objects.get()
    assert (report.reporter, report.inquiry.clinician) == (ana, ben)
    assert (report.conversation, report.message) == (room.public_id, seq)
    page = signed_in(staff).get(f"/staff/reports/{report.inquiry.public_id}/")
    html = page.content.decode()
    assert f"About message {seq} of conversation" in html
    assert str(room.public_id) in html
    assert SECRET not in html


def test_each_message_is_a_report_of_its_own_in_one_inquiry(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    for seq in (say(ben, room).seq, say(ben, room).seq):
        for _ in range(2):
            report_member(room, ben, seq, **FILED, by=her(ana))
    report_member(room, ben, None, **FILED, by=her(ana))

    assert Inquiry.objects.get().reports.count() == 3


def test_who_blocks_too_ends_the_conversation_between_the_two(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    address = f"{room.get_absolute_url()}report/"

    answer = signed_in(ana).post(address, {**FILED, "block": "on"})

    assert answer["Location"] == room.get_absolute_url()
    assert Block.objects.get(blocker=ana).blocked == ben
    assert "Nothing more can be written here." in told(ana, room)
    assert Report.objects.get().message is None


def test_whoever_is_blocked_may_still_report_what_she_was_sent(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    seq = say(ben, room, SECRET).seq
    do(ben, room, Kind.RECALL, seq)
    block_colleague(ben, ana, by=her(ben))

    address = f"{room.get_absolute_url()}{seq}/report/"
    signed_in(ana).post(address, {**FILED, "block": "on"})

    assert Report.objects.get().message == seq
    assert not Block.objects.filter(blocker=ana).exists()


def test_of_several_one_is_chosen(
    dana: Clinician, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    circle = a_conversation(dana, ana, ben)
    address = f"{circle.get_absolute_url()}report/"

    answer = signed_in(ana).post(address, FILED)
    assert answer.status_code == 422
    wrong = signed_in(ana).post(address, {**FILED, "person": cleo.public_id})
    assert wrong.status_code == 422
    signed_in(ana).post(address, {**FILED, "person": ben.public_id})

    assert Report.objects.get().inquiry.clinician == ben


def test_nobody_reports_herself_nor_whom_the_conversation_does_not_know(
    dana: Clinician, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    circle = a_conversation(dana, ana, ben)
    seq = say(ana, circle).seq
    for who, number in ((ana, None), (ana, seq), (cleo, None), (ben, seq)):
        with pytest.raises(PermissionDenied):
            report_member(circle, who, number, **FILED, by=her(ana))
    remove_member(circle, ben, by=her(dana))
    report_member(circle, ben, None, **FILED, by=her(ana))

    with pytest.raises(PermissionDenied):
        report_member(circle, dana, None, **FILED, by=her(ben))


def test_an_outsider_finds_no_page_to_report_by(
    room: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    seq = say(ben, room, SECRET).seq
    for path in ("report/", f"{seq}/report/"):
        for ask in (signed_in(cleo).get, signed_in(cleo).post):
            assert ask(f"{room.get_absolute_url()}{path}").status_code == 404
    own = signed_in(ben).get(f"{room.get_absolute_url()}{seq}/report/")

    assert own.status_code == 404
    assert f"{seq}/report/" in told(ana, room, f"{seq}/")
    assert f"{seq}/report/" not in told(ben, room, f"{seq}/")


def test_the_thread_itself_offers_both(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    block = f"/clinicians/{ben.public_id}/block/"
    assert block in told(ana, room)
    assert f"{room.get_absolute_url()}report/" in told(ana, room)

    block_colleague(ben, ana, by=her(ben))

    assert block not in told(ana, room)
    assert f"{room.get_absolute_url()}report/" in told(ana, room)
