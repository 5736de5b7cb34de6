"""What is on its way when somebody wants to hear no more reaches her no more."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from messaging.actions.muting import choose_level, mute, unmute
from messaging.actions.waiting import tell_waiting
from messaging.models import Conversation, Membership
from network.accounts.actions.push import switch_on
from network.accounts.push.keys import new_key
from network.accounts.push.said import read_subscription
from network.activity import tasks
from network.activity.models import Event, Notification
from network.activity.preferences.actions import choose_mail
from network.clinicians.models import Clinician
from tests.accounts.push_service import Device, PushService, push_service
from tests.conftest import signed_in
from tests.factories import a_direct
from tests.messaging.saying import her, say

WAITING = "conversation.waiting"
Level = Membership.Level


def mute_for_good(room: Conversation, ben: Clinician) -> None:
    mute(room, "good", by=her(ben))


def want_nothing(room: Conversation, ben: Clinician) -> None:
    choose_level(room, Level.NOTHING, by=her(ben))


def want_mentions(room: Conversation, ben: Clinician) -> None:
    choose_level(room, Level.MENTIONS, by=her(ben))


silencing = pytest.mark.parametrize(
    "silence", [mute_for_good, want_nothing, want_mentions]
)
Silence = Callable[[Conversation, Clinician], None]


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


@pytest.fixture
def service(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PushService]:
    with push_service(tmp_path) as (running, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        settings.VAPID_PRIVATE_KEY = new_key()
        settings.PUSH_INNER_HOSTS = [running.place]
        yield running


def after(minutes: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def tell(who: Clinician, room: Conversation, *mentions: Clinician) -> None:
    """Of what she writes now; what is owed is on its way."""
    say(who, room, mentions=tuple(one.public_id for one in mentions))
    with after(0.5):
        assert tell_waiting(10) == 1
        tasks.deliver(Event.objects.get(verb=WAITING).pk)


def mails_after(minutes: float) -> int:
    with after(minutes):
        tasks.send_held()
    return len(mail.outbox)


def unread(who: Clinician) -> int:
    mine = Notification.objects.visible_to(her(who)).unread()
    return mine.filter(event__verb=WAITING).count()


def let(who: Clinician, device: Device) -> None:
    key = signed_in(who).session.session_key
    session = UserSession.objects.create(
        user=her(who), session_key=key, ip="192.0.2.1", user_agent="Firefox"
    )
    details = read_subscription(json.dumps(device.details))
    switch_on(session, details, by=her(who))


@silencing
def test_no_mail_comes_of_what_she_silenced_meanwhile(
    room: Conversation, ana: Clinician, ben: Clinician, silence: Silence
) -> None:
    tell(ana, room)

    with after(2):
        silence(room, ben)

    assert (mails_after(11), unread(ben)) == (0, 0)


def test_a_digest_counts_nothing_that_was_muted_meanwhile(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    choose_mail(her(ben), {"conversation": "daily"}, None)
    tell(ana, room)
    digest = Notification.objects.held().get().held_until
    assert digest is not None

    with time_machine.travel(digest - timedelta(minutes=12), tick=False):
        mute_for_good(room, ben)

    with time_machine.travel(digest, tick=False):
        assert tasks.send_held() == 0


@silencing
def test_a_push_that_failed_is_not_tried_again_once_it_is_silenced(
    room: Conversation,
    ana: Clinician,
    ben: Clinician,
    service: PushService,
    silence: Silence,
) -> None:
    let(ben, Device(f"https://{service.place}/send/one"))
    service.status = 500
    tell(ana, room)
    assert len(service.pushes) == 1

    with after(2):
        silence(room, ben)
    with after(4):
        tasks.push_what_is_due()

    assert len(service.pushes) == 1


def test_a_mute_of_one_conversation_takes_back_no_other(
    room: Conversation, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    tell(ana, room)

    with after(2):
        mute_for_good(a_direct(cleo, ben), ben)

    assert mails_after(11) == 1


def test_a_mention_waits_on_for_whoever_wants_mentions(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    tell(ana, room, ben)

    with after(2):
        want_mentions(room, ben)
        assert tell_waiting(10) == 0

    assert (mails_after(11), unread(ben)) == (1, 1)


def test_what_waits_on_is_told_when_she_wants_to_hear_of_it_again(
    room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    tell(ana, room)
    with after(2):
        mute(room, "hour", by=her(ben))

    with after(5):
        assert tell_waiting(10) == 0
        unmute(room, by=her(ben))
        assert tell_waiting(10) == 1
        assert tell_waiting(10) == 0

    assert unread(ben) == 1
