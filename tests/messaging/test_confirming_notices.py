"""Who is told that a message waits to be confirmed, and who when nobody did it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from messaging import tasks
from messaging.actions import confirming
from messaging.actions.conversations import close
from messaging.actions.erasure import leave_every_conversation
from messaging.actions.members import leave, remove_member
from messaging.actions.muting import choose_level, mute
from messaging.models import Conversation, Kind, Membership, Message
from network.accounts.models import User
from network.activity.models import Event, Notification, Preferences
from network.activity.preferences.actions import choose_mail
from network.activity.preferences.timing import mail_time, push_time
from network.activity.tasks import deliver
from network.activity.templatetags.activity import sentence
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.openings import go_away
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import do, her, say

CANARY = "canary of a message"
ASKED, MISSED, PASSED_ON = (
    f"confirmation.{verb}" for verb in ("asked", "missed", "passed_on")
)
HOUR = 3600


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben, title="canary of a title")


def sweep(seconds: float = 30) -> None:
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
        tasks.mind_confirmations()


def told(person: Clinician, verb: str = ASKED) -> int:
    mine = Notification.objects.visible_to(her(person))
    return mine.filter(event__verb=verb).count()


def unread(person: Clinician) -> int:
    mine = Notification.objects.visible_to(her(person)).unread()
    return mine.filter(event__verb=ASKED).count()


def away(person: Clinician, coverer: Clinician | None, *, days: int = 3) -> None:
    today = timezone.localdate()
    until = today + timedelta(days=days)
    go_away(person, starts_on=today, ends_on=until, coverer=coverer, by=her(person))


def followed(browser: Client, person: Clinician) -> str:
    """Where her one notice of a confirmation leads."""
    unread = Notification.objects.visible_to(her(person)).unread()
    notice = unread.get(event__verb__startswith="confirmation.")
    way = reverse("activity:reading", args=[notice.public_id])
    return browser.post(way, {"open": "1"})["Location"]


def test_whoever_is_asked_is_told_once_and_without_a_word(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle, CANARY, confirm_in=HOUR)

    sweep(5)
    assert told(ben) == 0
    sweep()
    sweep()

    assert [told(one) for one in (ana, ben, dana)] == [0, 1, 1]
    event = Event.objects.get(verb=ASKED)
    assert sentence(event) == "A message waits for you to confirm it."
    browser = signed_in(ben)
    assert "canary" not in browser.get("/notifications/").content.decode()
    assert followed(browser, ben) == f"{circle.get_absolute_url()}1/place/"


def test_nobody_has_missed_what_she_could_not_be_told_of(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        # A database left while they were told, and was back for this.
        assert confirming.pass_on_missed(10) == 0
    assert told(ana, MISSED) == 0
    sweep(2 * HOUR)

    assert (told(ben), told(ana, MISSED)) == (1, 1)


@pytest.mark.parametrize("level", Membership.Level)
def test_it_is_heard_where_all_else_is_not(
    circle: Conversation, ana: Clinician, ben: Clinician, level: Membership.Level
) -> None:
    choose_level(circle, level, by=her(ben))
    mute(circle, "good", by=her(ben))
    say(ana, circle, confirm_in=HOUR)

    sweep()

    assert told(ben) == 1


def test_the_mail_goes_at_once_and_says_nothing(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    choose_mail(her(ben), {"conversation": "weekly"}, None)
    say(ana, circle, CANARY, confirm_in=HOUR)
    sweep()

    deliver(Event.objects.get(verb=ASKED).pk)

    assert "ben@consilium.example" in {message.to[0] for message in mail.outbox}
    for message in mail.outbox:
        for word in ("canary", ana.name, str(circle.public_id)):
            assert word not in str(message.message())


@pytest.mark.parametrize(
    ("said", "is_mailed"),
    [
        ({}, True),
        ({"conversation": "daily"}, True),
        ({"conversation": "never"}, False),
        ({"conversation": "never", "confirmation": "at-once"}, True),
        ({"confirmation": "never"}, False),
    ],
)
def test_a_digest_is_no_way_for_it_and_never_is_never(
    said: dict[str, str], is_mailed: bool
) -> None:
    now = timezone.now()

    at = mail_time(Preferences(mail=said), "confirmation", now)

    assert at == (now if is_mailed else None)


@pytest.mark.parametrize(
    ("said", "is_pushed"),
    [({}, True), ({"conversation": False}, False), ({"confirmation": False}, False)],
)
def test_a_device_is_told_where_it_is_told_of_conversations(
    said: dict[str, bool], is_pushed: bool
) -> None:
    now = timezone.now()

    at = push_time(Preferences(push=said), "confirmation", now)

    assert at == (now if is_pushed else None)


def test_quiet_hours_hold_for_it_too() -> None:
    hers = Preferences(time_zone="UTC", quiet_from=time(22), quiet_until=time(7))
    night = timezone.now().replace(hour=23, minute=0)

    at = mail_time(hers, "confirmation", night)

    assert at is not None
    assert at - night == timedelta(hours=8) - timedelta(
        seconds=night.second, microseconds=night.microsecond
    )


def by_ben(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    do(ben, circle, Kind.CONFIRM, 1)


def recalled(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    do(ana, circle, Kind.RECALL, 1)


def expired(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    circle.log.filter(kind=Kind.MESSAGE).update(expires_at=timezone.now())


def closed(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    close(circle, by=her(leads(circle)))


def removed(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    remove_member(circle, ben, by=her(leads(circle)))


def left(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    leave(circle, by=her(ben))


def leads(circle: Conversation) -> Clinician:
    return circle.memberships.get(role=Membership.Role.OWNER).clinician


Happening = Callable[[Conversation, Clinician, Clinician], None]


@pytest.mark.parametrize("happens", [by_ben, recalled, expired, closed, removed, left])
def test_the_notice_is_settled_when_nothing_waits_any_more(
    circle: Conversation, ana: Clinician, ben: Clinician, happens: Happening
) -> None:
    say(ana, circle, confirm_in=HOUR)
    say(ana, circle)
    sweep()
    assert unread(ben) == 1

    happens(circle, ana, ben)
    sweep()

    assert (told(ben), unread(ben)) == (1, 0)


def test_reading_alone_settles_nothing(
    circle: Conversation, ana: Clinician, ben: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)
    sweep()
    say(ben, circle)
    sweep()

    assert unread(ben) == 1


def deactivated(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    User.objects.filter(pk=her(ben).pk).update(is_active=False)


def suspended(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    Clinician.objects.filter(pk=ben.pk).update(suspended_at=timezone.now())


@pytest.mark.parametrize(
    "happens", [deactivated, suspended, by_ben, recalled, expired, closed, removed]
)
def test_whom_nothing_waits_for_is_not_told(
    circle: Conversation, ana: Clinician, ben: Clinician, happens: Happening
) -> None:
    say(ana, circle, confirm_in=HOUR)
    happens(circle, ana, ben)

    sweep()

    assert told(ben) == 0


def test_once_its_time_is_over_whoever_asked_is_told_who_is_missing(
    circle: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, circle, CANARY, confirm_in=HOUR)
    do(dana, circle, Kind.CONFIRM, 1)

    sweep(HOUR - 60)
    assert told(ana, MISSED) == 0
    sweep(HOUR + 60)
    sweep(HOUR + 90)

    assert [told(one, MISSED) for one in (ana, ben, dana)] == [1, 0, 0]
    event = Event.objects.get(verb=MISSED)
    assert sentence(event) == "Ben Sparrow has not confirmed a message of yours yet."
    browser = signed_in(ana)
    assert followed(browser, ana) == f"{circle.get_absolute_url()}1/place/"


def test_where_several_are_missing_one_is_named(
    circle: Conversation, ana: Clinician
) -> None:
    say(ana, circle, confirm_in=HOUR)

    sweep(HOUR + 60)

    [event] = Event.objects.filter(verb=MISSED)
    said = "Ben Sparrow and 1 more have not confirmed a message of yours yet."
    assert sentence(event) == said


def test_who_covers_is_asked_to_write_and_sees_no_conversation(
    circle: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    away(ben, cleo)
    say(ana, circle, CANARY, confirm_in=HOUR)

    sweep(HOUR + 60)

    said = "Ana Heron needs an answer from Ben Sparrow, for whom you cover: "
    assert sentence(Event.objects.get(verb=PASSED_ON)).startswith(said)
    assert "covers, was told" in sentence(Event.objects.get(verb=MISSED))
    browser = signed_in(cleo)
    page = browser.get("/notifications/").content.decode()
    for word in ("canary", str(circle.public_id)):
        assert word not in page + str(Event.objects.get(verb=PASSED_ON).detail)
    assert browser.get(f"{circle.get_absolute_url()}1/").status_code == 404
    profile = browser.get(followed(browser, cleo)).content.decode()
    assert f"/messages/with/{ana.public_id}/" in profile


def alone(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    away(ben, None)


def herself(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    away(ben, ana)


def later(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    day = timezone.localdate() + timedelta(days=5)
    go_away(ben, starts_on=day, ends_on=day, coverer=cleo, by=her(ben))


def blocks(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    away(ben, cleo)
    block_colleague(ana, cleo, by=her(ana))


def is_blocked(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    away(ben, cleo)
    block_colleague(cleo, ana, by=her(cleo))


def is_hidden(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    away(ben, cleo)
    block_colleague(ben, ana, by=her(ben))


def covers_no_more(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    away(ben, cleo)
    block_colleague(cleo, ben, by=her(cleo))


def is_suspended(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    away(ben, cleo)
    Clinician.objects.filter(pk=cleo.pk).update(suspended_at=timezone.now())


def is_unverified(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    away(ben, cleo)
    Clinician.objects.filter(pk=cleo.pk).update(verified_at=None)


@pytest.mark.parametrize(
    "stands",
    [
        alone,
        herself,
        later,
        blocks,
        is_blocked,
        is_hidden,
        covers_no_more,
        is_suspended,
        is_unverified,
    ],
)
def test_who_may_not_be_asked_is_not(
    circle: Conversation,
    ana: Clinician,
    ben: Clinician,
    cleo: Clinician,
    stands: Callable[[Clinician, Clinician, Clinician], None],
) -> None:
    stands(ana, ben, cleo)
    say(ana, circle, confirm_in=HOUR)

    sweep(HOUR + 60)

    assert not Event.objects.filter(verb=PASSED_ON).exists()
    assert told(ana, MISSED) == 1
    assert "covers" not in sentence(Event.objects.get(verb=MISSED))


def anas_left(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    leave(circle, by=her(ana))


def anas_removed(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    remove_member(circle, ana, by=her(leads(circle)))


def anas_suspended(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    suspended(circle, ben, ana)


def anas_erased(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    leave_every_conversation(ana)
    Message.objects.filter(sender=ana).update(sender=None)


def all_confirmed(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    for one in (ben, leads(circle)):
        do(one, circle, Kind.CONFIRM, 1)


def others_gone(circle: Conversation, ana: Clinician, ben: Clinician) -> None:
    do(leads(circle), circle, Kind.CONFIRM, 1)
    remove_member(circle, ben, by=her(leads(circle)))


@pytest.mark.parametrize(
    "happens",
    [
        recalled,
        expired,
        closed,
        others_gone,
        all_confirmed,
        anas_left,
        anas_removed,
        anas_suspended,
        anas_erased,
    ],
)
def test_nobody_is_told_of_what_no_longer_waits(
    circle: Conversation,
    ana: Clinician,
    ben: Clinician,
    cleo: Clinician,
    happens: Happening,
) -> None:
    away(ben, cleo)
    say(ana, circle, confirm_in=HOUR)
    happens(circle, ana, ben)

    sweep(HOUR + 60)

    assert not Event.objects.filter(verb__in=[MISSED, PASSED_ON]).exists()
    assert circle.log.get(seq=1).missed_at is not None


def test_a_block_between_two_ends_it_for_both(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    away(ben, cleo)
    say(ana, a_direct(ana, ben), confirm_in=HOUR)
    block_colleague(ben, ana, by=her(ben))

    sweep()
    sweep(HOUR + 60)

    assert not Event.objects.filter(verb__startswith="confirmation.").exists()


@pytest.fixture
def overdue(
    transactional_db: None, ana: Clinician, ben: Clinician, cleo: Clinician
) -> Conversation:
    """By a clock that all see."""
    room = a_direct(ana, ben)
    away(ben, cleo)
    say(ana, room, confirm_in=HOUR)
    long_ago = timezone.now() - timedelta(minutes=5)
    room.log.update(at=long_ago, confirm_by=long_ago)
    Membership.objects.update(joined_at=long_ago - timedelta(minutes=5))
    return room


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_two_workers_at_once_tell_once(
    overdue: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    start = Barrier(4, timeout=60)

    def work(_: int) -> int:
        start.wait()
        try:
            return confirming.tell_asked(10) + confirming.pass_on_missed(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))

    assert sum(counts) in (1, 2)  # what is passed on first need not be asked for
    assert [told(ana, MISSED), told(cleo, PASSED_ON)] == [1, 1]
    assert told(ben) <= 1
