"""Mails about news: owed from the commit on, sent once, without a word of the case."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from celery import current_app
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from network.accounts.models import User
from network.activity import actions, tasks
from network.activity.actors import Actor
from network.activity.models import Event, Notification, Outbox
from network.activity.recorder import DELIVER, record

LATER = "2060-01-01"


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[int]]]:
    """What the broker was handed."""
    handed: list[tuple[str, list[int]]] = []

    def send_task(name: str, args: list[int]) -> None:
        handed.append((name, args))

    monkeypatch.setattr(current_app._get_current_object(), "send_task", send_task)
    return handed


class HangingUp(EmailBackend):
    """A mail server that is not there for anybody."""

    asked = 0

    def send_messages(self, messages: object) -> int:
        type(self).asked += 1
        raise SMTPServerDisconnected


class Picky(EmailBackend):
    """A mail server that knows no Lou."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            if message.to == ["lou@example.org"]:
                raise SMTPRecipientsRefused({"lou@example.org": (550, b"unknown")})
        return super().send_messages(messages)


def news(kim: User, *people: User) -> Event:
    return record(Actor.of(kim), "user.greeted", kim, notify=people, why="canary-why")


def test_a_commit_hands_the_event_over(
    kim: User,
    lou: User,
    queue: list[tuple[str, list[int]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        event = news(kim, lou)

    assert queue == [(DELIVER, [event.pk])]
    assert DELIVER in current_app.tasks


def test_a_mail_says_that_there_is_news_and_nothing_else(
    kim: User, lou: User, settings: Settings
) -> None:
    settings.SITE_URL = "https://consilium.example"
    event = news(kim, lou)

    tasks.deliver(event.pk)

    [message] = mail.outbox
    assert (message.subject, message.to) == ("You have news on Consilium", [lou.email])
    assert "https://consilium.example/notifications/" in message.body
    said = str(message.message())
    for word in ("greeted", "canary", kim.email, str(kim.public_id)):
        assert word not in said.replace(lou.email, "")


def test_delivering_twice_sends_one_mail(kim: User, lou: User) -> None:
    event = news(kim, lou, kim)

    tasks.deliver(event.pk)
    tasks.deliver(event.pk)

    assert sorted(message.to[0] for message in mail.outbox) == [kim.email, lou.email]
    assert not Outbox.objects.waiting().exists()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_does_not_undo_what_was_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(current_app._get_current_object(), "send_task", refuse)
    kim = User.objects.create_user("kim@example.org")

    with transaction.atomic():
        event = news(kim, kim)

    assert Outbox.objects.waiting().get().event == event


def test_the_sweep_completes_what_a_crash_left_behind(kim: User, lou: User) -> None:
    """The transaction of a test never commits: nothing is ever handed over."""
    news(kim, lou)

    assert tasks.sweep_outbox() == 0
    with time_machine.travel(LATER):
        assert tasks.sweep_outbox() == 1
        assert tasks.sweep_outbox() == 0

    assert len(mail.outbox) == 1


def test_a_mail_server_that_hangs_up_is_asked_again(
    kim: User, lou: User, settings: Settings
) -> None:
    event = news(kim, lou)
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.HangingUp"
    tasks.deliver(event.pk)
    assert Outbox.objects.waiting().exists()

    settings.EMAIL_BACKEND = works
    with time_machine.travel(LATER):
        tasks.sweep_outbox()

    assert len(mail.outbox) == 1
    assert not Outbox.objects.waiting().exists()


def test_a_sweep_ends_when_the_mail_server_is_away(
    kim: User, lou: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.HangingUp"
    HangingUp.asked = 0
    for _ in range(5):
        news(kim, lou, kim)

    with time_machine.travel(LATER):
        assert tasks.sweep_outbox() == 0

    assert HangingUp.asked == 1
    assert Outbox.objects.waiting().count() == 5


def test_an_address_that_is_refused_holds_up_nobody(
    kim: User, lou: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Picky"
    news(kim, lou, kim)
    news(kim, kim)

    with time_machine.travel(LATER):
        assert tasks.sweep_outbox() == 2

    assert [message.to for message in mail.outbox] == [[kim.email]] * 2
    assert Outbox.objects.waiting().count() == 1


def test_what_fails_waits_twice_as_long_each_time(
    kim: User, lou: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Picky"
    event = news(kim, lou)
    waits = []

    for _ in range(4):
        with time_machine.travel(LATER, tick=False):
            tasks.deliver(event.pk)
            waits.append(Outbox.objects.get().next_at - timezone.now())

    assert waits == [timedelta(minutes=wait) for wait in (1, 2, 4, 8)]
    with time_machine.travel(LATER):
        assert not Outbox.objects.due(timezone.now()).exists()


def test_what_is_refused_for_days_is_given_up(
    kim: User, lou: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Picky"
    event = news(kim, lou)

    for _ in range(actions.LAST_ATTEMPT):
        assert Outbox.objects.waiting().exists()
        tasks.deliver(event.pk)

    assert not Outbox.objects.waiting().exists()
    assert Notification.objects.get().mailed_at is None


@pytest.mark.django_db(transaction=True)
def test_twenty_deliveries_at_once_send_one_mail_each() -> None:
    kim = User.objects.create_user("kim@example.org")
    with transaction.atomic():
        event = record(Actor.of(kim), "user.greeted", kim)
        Notification.objects.create(event=event, person=kim)
    ready = threading.Barrier(20)

    def deliver() -> None:
        try:
            ready.wait(timeout=60)
            actions.deliver_news(event.pk)
        finally:
            connection.close()

    deliverers = [threading.Thread(target=deliver) for _ in range(20)]
    for deliverer in deliverers:
        deliverer.start()
    for deliverer in deliverers:
        deliverer.join()

    assert len(mail.outbox) == 1
