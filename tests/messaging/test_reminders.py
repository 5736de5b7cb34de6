"""A message comes back to whoever wants to hear of it again: at its time, once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from messaging.actions import reminders
from messaging.actions.conversations import close
from messaging.actions.erasure import leave_every_conversation
from messaging.actions.members import add_member, leave, remove_member
from messaging.actions.muting import mute
from messaging.actions.reminders import (
    GoneMessageError,
    drop_reminder,
    set_reminder,
    tell_reminders,
)
from messaging.export import portion
from messaging.limits import FullError
from messaging.models import Conversation, Message, Reminder
from network.accounts.models import User
from network.activity.models import ChainHead, Event, Notification
from network.activity.tasks import deliver
from network.activity.templatetags.activity import sentence
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.reminding import (
    TOLD,
    in_hours,
    remind,
    standing,
    tell,
    told,
)
from tests.messaging.saying import do, her, say

CANARY = "canary of a message"


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    circle = a_conversation(dana, ana, ben, title="canary of a title")
    say(ana, circle, CANARY)
    say(ben, circle)
    return circle


@pytest.mark.parametrize(
    ("hours", "seqs"), [(0.9, []), (1.1, [1]), (23.9, [1]), (24.1, [1, 2])]
)
def test_she_is_told_when_it_is_due_and_once(
    circle: Conversation, ben: Clinician, hours: float, seqs: list[int]
) -> None:
    remind(ben, circle, 1, hours=1)
    remind(ben, circle, 2, hours=24)

    assert tell(hours) == len(seqs)
    assert tell(hours) == 0

    assert told(ben) == seqs
    assert standing(ben) == [seq for seq in (1, 2) if seq not in seqs]


def test_nobody_else_is_told(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    remind(ben, circle)
    tell()

    event = Event.objects.get(verb=TOLD)
    assert (event.audience, told(ana)) == ([her(ben).public_id], [])
    assert event.detail == {"conversation": str(circle.public_id), "seq": 1}


def test_what_is_set_anew_moves(circle: Conversation, ben: Clinician) -> None:
    remind(ben, circle, hours=1)
    remind(ben, circle, hours=5)

    assert (tell(2), told(ben), standing(ben)) == (0, [], [1])
    assert (tell(6), told(ben), standing(ben)) == (1, [1], [])


def test_what_is_dropped_is_not_told(circle: Conversation, ben: Clinician) -> None:
    remind(ben, circle)

    drop_reminder(circle, 1, by=her(ben))
    drop_reminder(circle, 1, by=her(ben))

    assert (tell(), told(ben)) == (0, [])


def test_each_has_her_own(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    remind(ana, circle)
    remind(ben, circle)

    drop_reminder(circle, 1, by=her(ana))

    assert (standing(ana), standing(ben)) == ([], [1])
    assert list(Reminder.objects.visible_to(ana)) == []
    assert Reminder.objects.visible_to(ben).get().seq == 1


def test_a_notice_and_its_mail_have_no_word_and_no_name(
    circle: Conversation, ben: Clinician
) -> None:
    remind(ben, circle)
    tell()
    event = Event.objects.get(verb=TOLD)
    deliver(event.pk)

    [sent] = mail.outbox
    assert sentence(event) == "You wanted to be reminded of a message."
    for word in ("canary", "Ana", str(circle.public_id)):
        assert word not in str(sent.message())


def test_a_notice_opens_its_message_and_is_read_then(
    circle: Conversation, ben: Clinician, cleo: Clinician
) -> None:
    remind(ben, circle)
    tell()
    browser, notice = signed_in(ben), Notification.objects.get(event__verb=TOLD)
    assert 'name="open"' in browser.get("/notifications/").content.decode()
    way = f"/notifications/{notice.public_id}/reading/"

    answer = browser.post(way, {"open": "1"}, follow=True)

    assert CANARY in answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"{circle.get_absolute_url()}#m1"
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert browser.post(way)["Location"] == "/notifications/"
    assert signed_in(cleo).post(way, {"open": "1"}).status_code == 404


def test_muting_holds_back_no_reminder(circle: Conversation, ben: Clinician) -> None:
    remind(ben, circle)
    mute(circle, "good", by=her(ben))

    assert (tell(), told(ben)) == (1, [1])


def test_in_a_closed_conversation_one_is_still_reminded(
    circle: Conversation, dana: Clinician, ben: Clinician
) -> None:
    close(circle, by=her(dana))
    remind(ben, circle)

    assert (tell(), told(ben)) == (1, [1])


@pytest.mark.parametrize("end", ["recalled", "expired", "swept"])
def test_a_reminder_of_what_is_gone_goes_silently(
    circle: Conversation, ana: Clinician, ben: Clinician, end: str
) -> None:
    remind(ben, circle)
    message = Message.objects.filter(conversation=circle, seq=1)
    if end == "recalled":
        do(ana, circle, "recall", 1)
    elif end == "expired":
        message.update(expires_at=in_hours(0.5))
    else:
        message.update(body=None, key_id=None, tokens=None)

    assert (tell(), told(ben), standing(ben)) == (0, [], [])


@pytest.mark.parametrize("how", ["left", "removed", "erased"])
def test_with_whoever_goes_her_reminders_go(
    circle: Conversation, dana: Clinician, ben: Clinician, how: str
) -> None:
    remind(ben, circle)
    if how == "left":
        leave(circle, by=her(ben))
    elif how == "removed":
        remove_member(circle, ben, by=her(dana))
    else:
        assert leave_every_conversation(ben)

    assert standing(ben) == []
    assert (tell(), told(ben)) == (0, [])


@pytest.mark.parametrize("how", ["left", "removed", "erased"])
def test_with_whoever_goes_the_notice_that_leads_there_is_read(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician, how: str
) -> None:
    other = a_direct(ana, ben)
    say(ana, other)
    for who, room in ((ben, circle), (ben, other), (ana, circle)):
        remind(who, room)
    assert tell() == 3

    if how == "left":
        leave(circle, by=her(ben))
    elif how == "removed":
        remove_member(circle, ben, by=her(dana))
    else:
        assert leave_every_conversation(ben)

    unread = Notification.objects.unread().filter(event__verb=TOLD)
    hers = unread.filter(person=her(ben)).values_list("event__subject_id", flat=True)
    assert list(hers) == ([] if how == "erased" else [str(other.pk)])
    assert unread.filter(person=her(ana)).count() == 1


def test_who_comes_back_without_the_history_is_not_told_of_it(
    circle: Conversation, dana: Clinician, ben: Clinician
) -> None:
    leave(circle, by=her(ben))
    add_member(circle, ben, with_history=False, by=her(dana))

    with pytest.raises(Message.DoesNotExist):
        remind(ben, circle)


@pytest.mark.parametrize("how", ["suspended", "shut", "deactivated"])
def test_who_is_not_active_any_more_is_not_told(
    circle: Conversation, ben: Clinician, staff: User, how: str
) -> None:
    remind(ben, circle)
    if how == "suspended":
        suspend_member(ben, by=staff, why="test")
    elif how == "shut":
        Clinician.objects.filter(pk=ben.pk).update(left_at=timezone.now())
    else:
        User.objects.filter(pk=her(ben).pk).update(is_active=False)

    assert (tell(), told(ben), standing(ben)) == (0, [], [])


@pytest.mark.parametrize("who", ["cleo", "finn"])
def test_an_outsider_sets_and_drops_none(
    circle: Conversation, ben: Clinician, who: str, request: pytest.FixtureRequest
) -> None:
    outsider = request.getfixturevalue(who)
    remind(ben, circle)

    with pytest.raises(PermissionDenied):
        remind(outsider, circle)
    with pytest.raises(PermissionDenied):
        drop_reminder(circle, 1, by=her(outsider))

    assert standing(ben) == [1]


def test_of_what_is_gone_none_is_set(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    do(ana, circle, "recall", 1)

    with pytest.raises(GoneMessageError):
        remind(ben, circle, 1)
    for seq in (3, 99):  # what speaks of a message, and nothing
        with pytest.raises(Message.DoesNotExist):
            remind(ben, circle, seq)


def test_so_many_stand_and_no_more(
    circle: Conversation,
    ben: Clinician,
    cleo: Clinician,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reminders, "MOST_REMINDERS", 2)
    other = a_direct(ben, cleo)
    say(cleo, other)
    remind(ben, circle)
    remind(ben, other)

    with pytest.raises(FullError):
        remind(ben, circle, 2)
    remind(ben, circle, 1, hours=9)  # it only moves
    remind(cleo, other)

    assert standing(ben) == [1, 1]


def test_her_reminders_are_among_what_is_kept_of_her(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    set_reminder(circle, 2, at := in_hours(3), by=her(ben))
    remind(ana, circle)

    assert portion(her(ben).pk)["reminders"] == [
        {"conversation": str(circle.public_id), "seq": 2, "due_at": at}
    ]


def test_one_that_cannot_be_told_is_told_later_and_holds_up_no_other(
    circle: Conversation, ben: Clinician, cleo: Clinician
) -> None:
    """What fails or dies in the middle of it has told nobody, and lost nothing."""
    other = a_direct(ben, cleo)
    say(cleo, other)
    say(cleo, other)
    remind(ben, circle, 1, hours=0.5)
    remind(ben, other, 2, hours=1)
    head = ChainHead.objects.filter(
        subject_type="messaging.conversation", subject_id=str(circle.pk)
    )
    [right] = head.values_list("seq", flat=True)
    head.update(seq=0)  # the trail refuses what would fork it

    assert (tell(), told(ben), standing(ben)) == (1, [2], [1])

    head.update(seq=right)
    assert (tell(), told(ben), standing(ben)) == (1, [2, 1], [])


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_two_workers_at_once_tell_once(ana: Clinician, ben: Clinician) -> None:
    room = a_direct(ana, ben)
    for _ in range(5):
        say(ana, room)
    with time_machine.travel(in_hours(-2), tick=False):
        for seq in range(1, 6):
            remind(ben, room, seq)
    start = Barrier(4, timeout=60)

    def work(_: int) -> int:
        start.wait()
        try:
            return tell_reminders(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))

    assert (sum(counts), sorted(told(ben)), standing(ben)) == (5, [1, 2, 3, 4, 5], [])
