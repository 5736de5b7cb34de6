"""Who is told that messages wait: once for a spell of unread, and without a word."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from messaging import tasks
from messaging.actions.manners import show_presence
from messaging.actions.members import remove_member
from messaging.actions.muting import choose_level, mute, unmute
from messaging.actions.waiting import tell_waiting
from messaging.models import FOR_GOOD, Conversation, Manners, Membership
from messaging.sending import read_up_to, send
from network.accounts.models import User
from network.activity.models import Event, Notification
from network.activity.tasks import deliver, send_held
from network.activity.templatetags.activity import sentence
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import asked

CANARY = "canary of a message"
WAITING = "conversation.waiting"
Level = Membership.Level


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="canary of a title")


def user_of(person: Clinician) -> User:
    assert person.user is not None
    return person.user


def say(person: Clinician, conversation: Conversation, *mentions: Clinician) -> None:
    named = tuple(one.public_id for one in mentions)
    send(asked(person, conversation, mentions=named), CANARY)


def read(person: Clinician, conversation: Conversation) -> None:
    conversation.refresh_from_db()
    read_up_to(conversation, conversation.last_seq, by=user_of(person))


def later(seconds: float = 30) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False)


def sweep(seconds: float = 30) -> int:
    with later(seconds):
        return int(tasks.tell_waiting())


def told(person: Clinician) -> int:
    mine = Notification.objects.visible_to(user_of(person))
    return mine.filter(event__verb=WAITING).count()


def unread(person: Clinician) -> int:
    mine = Notification.objects.visible_to(user_of(person)).unread()
    return mine.filter(event__verb=WAITING).count()


def test_whom_a_message_waits_for_is_told_and_the_sender_is_not(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle)

    assert sweep() == 2

    assert [told(one) for one in (ana, ben, dana)] == [0, 1, 1]
    assert Event.objects.filter(verb=WAITING).count() == 1


def test_a_notice_has_no_word_and_no_name(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle)
    sweep()

    event = Event.objects.get(verb=WAITING)
    assert sentence(event) == "New messages are waiting for you."
    assert (event.actor_kind, event.detail, event.why) == ("system", {}, "")
    browser = signed_in(ben)
    page = browser.get("/notifications/").content.decode()
    for word in ("canary", ana.name, "Tuesdays"):
        assert word not in page
    [notice] = Notification.objects.filter(event=event, person=ben.user)
    way = reverse("activity:reading", args=[notice.public_id])
    assert browser.post(way, {"open": "1"})["Location"] == "/messages/"


def test_a_mail_says_no_word_either(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle)
    sweep()
    deliver(Event.objects.get(verb=WAITING).pk)

    with later(1200):
        send_held()

    assert sorted(message.to[0] for message in mail.outbox) == [
        "ben@consilium.example",
        "dana@consilium.example",
    ]
    for message in mail.outbox:
        for word in ("canary", ana.name, str(circle.public_id)):
            assert word not in str(message.message())


def test_nobody_is_told_of_what_is_only_seconds_old(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle)

    assert sweep(5) == 0
    assert told(ben) == 0


def test_a_spell_of_unread_gives_one_notice(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle)
    sweep()
    say(ana, circle)
    sweep()

    assert told(ben) == 1

    read(ben, circle)
    say(ana, circle)
    sweep()

    assert told(ben) == 2


def test_reading_reads_the_notice_too(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle)
    sweep()
    assert unread(ben) == 1

    read(ben, circle)

    assert [unread(ben), unread(dana)] == [0, 1]


def test_the_sweep_reads_the_notice_of_whoever_read_in_another_way(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle)
    sweep()
    circle.refresh_from_db()
    mine = Membership.objects.of(ben)
    mine.update(read_seq=circle.last_seq, read_ordinal=circle.last_ordinal)

    sweep()

    assert unread(ben) == 0


def test_whoever_is_removed_is_reminded_of_nothing(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle)
    sweep()

    remove_member(circle, ben, by=user_of(dana))
    say(ana, circle)
    sweep()

    assert (told(ben), unread(ben)) == (1, 0)


def test_answering_ends_the_spell(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle)
    sweep()

    say(ben, circle)
    sweep()

    assert unread(ben) == 0
    assert told(ana) == 1


@pytest.mark.parametrize(
    ("span", "hours", "is_told"),
    [("hour", 0.9, 0), ("hour", 1.1, 1), ("day", 23, 0), ("day", 25, 1)],
)
def test_a_mute_holds_for_its_span(
    circle: Conversation,
    ana: Clinician,
    ben: Clinician,
    span: str,
    hours: float,
    is_told: int,
) -> None:
    mute(circle, span, by=user_of(ben))
    say(ana, circle, ben)

    sweep(hours * 3600)

    assert told(ben) == is_told


def test_a_mute_for_good_holds_until_it_is_taken_back(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    assert mute(circle, "good", by=user_of(ben)).muted_until == FOR_GOOD
    say(ana, circle)
    sweep(365 * 24 * 3600)
    assert told(ben) == 0

    unmute(circle, by=user_of(ben))
    sweep()

    assert told(ben) == 1


@pytest.mark.parametrize(
    ("level", "plain", "named"),
    [(Level.EVERYTHING, 1, 1), (Level.MENTIONS, 0, 1), (Level.NOTHING, 0, 0)],
)
def test_a_level_lets_through_what_it_says(
    circle: Conversation,
    ana: Clinician,
    ben: Clinician,
    level: Membership.Level,
    plain: int,
    named: int,
) -> None:
    choose_level(circle, level, by=user_of(ben))

    say(ana, circle)
    sweep()
    assert told(ben) == plain

    say(ana, circle, ben)
    sweep()
    assert told(ben) == max(plain, named)


def test_a_mention_of_somebody_else_lets_nothing_through(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    choose_level(circle, Level.MENTIONS, by=user_of(ben))

    say(ana, circle, dana)
    sweep()

    assert told(ben) == 0


@pytest.mark.parametrize("verb", ["mute", "unmute", "level"])
def test_an_outsider_changes_nothing(
    circle: Conversation, cleo: Clinician, verb: str
) -> None:
    acts = {
        "mute": lambda: mute(circle, "day", by=user_of(cleo)),
        "unmute": lambda: unmute(circle, by=user_of(cleo)),
        "level": lambda: choose_level(circle, Level.NOTHING, by=user_of(cleo)),
    }

    with pytest.raises(PermissionDenied):
        acts[verb]()


def test_muting_is_in_the_trail_and_tells_nobody(
    circle: Conversation, ben: Clinician
) -> None:
    mute(circle, "day", by=user_of(ben))

    event = Event.objects.get(verb="conversation.notices_changed")
    assert (event.audience, event.detail) == ([], {"what": "muted for day"})


@pytest.mark.parametrize("shut", ["suspended_at", "left_at"])
def test_whoever_may_not_read_is_not_told(
    circle: Conversation, ana: Clinician, ben: Clinician, shut: str
) -> None:
    say(ana, circle)
    Clinician.objects.filter(pk=ben.pk).update(**{shut: timezone.now()})

    sweep()

    assert told(ben) == 0


def test_presence_is_shown_until_somebody_hides_it(
    ana: Clinician, cleo: Clinician
) -> None:
    assert Manners.objects.shows(ana)

    show_presence(ana, is_shown=False, by=user_of(ana))

    assert not Manners.objects.shows(ana)
    with pytest.raises(PermissionDenied):
        show_presence(ana, is_shown=True, by=user_of(cleo))


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_two_workers_at_once_tell_once(ana: Clinician, ben: Clinician) -> None:
    say(ana, a_direct(ana, ben))
    long_ago = timezone.now() - timedelta(minutes=5)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE messaging_message SET at = %s", [long_ago])
    start = Barrier(4, timeout=60)

    def work(_: int) -> int:
        start.wait()
        try:
            return tell_waiting(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))

    assert sum(counts) == 1
    assert told(ben) == 1
