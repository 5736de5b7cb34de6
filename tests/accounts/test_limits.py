"""Limits hold for as long as they say, and what is over is forgotten."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.timetable import beat_schedule
from network.accounts.models import User
from network.accounts.tasks import forget_spent_sessions
from tests import factories

pytestmark = pytest.mark.django_db
TOO_MANY = 11


def sign_in(client: Client, user: User, password: str) -> int:
    form = {"login": user.email, "password": password}
    return client.post(reverse("account_login"), form).status_code


def rows_of_the_cache() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        [count] = cursor.fetchone()
    return int(count)


def test_a_limit_is_not_flushed_by_the_limits_of_others(client: Client) -> None:
    kim = factories.a_user("kim@consilium.example")
    for _ in range(TOO_MANY):
        sign_in(client, kim, "wrong")

    for number in range(400):
        cache.set(f"zzz-{number}", 1, 300)

    assert sign_in(client, kim, factories.PASSWORD) != 302


def test_sessions_and_limits_that_are_over_are_forgotten() -> None:
    today = factories.a_user("kim@consilium.example")
    Client().force_login(today)
    cache.set("a-limit", 1, 300)

    with time_machine.travel(timezone.now() + timedelta(days=15)):
        Client().force_login(today)
        cache.set("another", 1, 300)
        forget_spent_sessions()

        assert Session.objects.count() == rows_of_the_cache() == 1
        assert cache.get("another") == 1


def test_every_chore_of_the_timetable_exists() -> None:
    for chore in beat_schedule.values():
        assert {"task", "schedule"} <= chore.keys() <= {"task", "schedule", "options"}
        module, _, name = str(chore["task"]).rpartition(".")

        assert getattr(import_module(module), name).name == chore["task"]
