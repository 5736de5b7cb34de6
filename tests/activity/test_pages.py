"""The inbox: what concerns her, newest first; nobody else's."""

from http import HTTPStatus

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.models import Notification
from network.activity.recorder import record
from network.activity.templatetags.activity import unread_count
from network.clinicians.models import Clinician
from tests.conftest import signed_in


@pytest.fixture
def told(kim: User) -> Notification:
    with transaction.atomic():
        event = record(Actor.system(), "user.greeted", kim, notify=[kim])
    return event.notifications.get()


@pytest.fixture
def browser(kim: User) -> Client:
    return signed_in(kim)


def test_without_news_she_is_all_caught_up(browser: Client) -> None:
    assert "All caught up" in browser.get(reverse("activity:notifications")).text


def test_news_are_listed_in_plain_words(browser: Client, told: Notification) -> None:
    page = browser.get(reverse("activity:notifications")).text

    assert "Something changed that concerns you." in page
    assert "user.greeted" not in page


def test_an_app_says_what_its_event_means(finn: Clinician, staff: User) -> None:
    from network.clinicians.actions.membership import verify_member

    verify_member(finn, by=staff)

    page = signed_in(finn).get(reverse("activity:notifications")).text
    assert "Staff have verified you." in page


def test_she_marks_one_as_read(browser: Client, told: Notification, kim: User) -> None:
    browser.post(reverse("activity:reading", args=[told.public_id]))

    assert unread_count(kim) == 0
    assert Notification.objects.get().read_at is not None


def test_she_marks_all_as_read(browser: Client, told: Notification, kim: User) -> None:
    assert unread_count(kim) == 1

    browser.post(reverse("activity:reading_all"))

    assert unread_count(kim) == 0


def test_looking_changes_nothing(browser: Client, told: Notification) -> None:
    address = reverse("activity:reading", args=[told.public_id])

    assert browser.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert Notification.objects.get().read_at is None


def test_nobody_sees_or_marks_anothers(told: Notification, lou: User) -> None:
    browser = signed_in(lou)

    assert "All caught up" in browser.get(reverse("activity:notifications")).text
    answer = browser.post(reverse("activity:reading", args=[told.public_id]))
    assert answer.status_code == HTTPStatus.NOT_FOUND
    browser.post(reverse("activity:reading_all"))
    assert Notification.objects.get().read_at is None


def test_a_long_inbox_has_pages(browser: Client, kim: User) -> None:
    for _ in range(31):
        with transaction.atomic():
            record(Actor.system(), "user.greeted", kim, notify=[kim])

    first = browser.get(reverse("activity:notifications")).text
    second = browser.get(reverse("activity:notifications"), {"page": "2"}).text
    assert first.count("Something changed") == 30
    assert second.count("Something changed") == 1
