"""A code counts once, also when it is posted twenty times at once."""

import re
import threading
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from network.accounts.models import User
from network.activity.models import Event
from tests import factories
from tests.accounts.entering import by_both, by_password, code, is_signed_in

AT_ONCE = 20


@pytest.fixture
def kim(db: None) -> User:
    return factories.with_an_app(factories.a_user("kim@consilium.example"))


@pytest.fixture
def recovery_code(kim: User) -> str:
    browser = Client()
    by_both(browser, kim)
    browser.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    browser.post(reverse("mfa_generate_recovery_codes"))
    page = browser.get(reverse("mfa_view_recovery_codes")).text
    found: list[str] = re.findall(r"<code>(\d{8})</code>", page)
    return found[0]


def enters(user: User, word: str) -> bool:
    """From a new browser, the password first."""
    browser = Client()
    by_password(browser, user)
    browser.post(reverse("mfa_authenticate"), {"code": word})
    return is_signed_in(browser)


@pytest.mark.django_db
def test_a_code_of_the_app_counts_once(kim: User) -> None:
    now = code()

    assert enters(kim, now)
    assert not enters(kim, now)


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [1, 29, 45, 59])
def test_a_code_that_was_seen_over_a_shoulder_is_no_use_later(
    kim: User, seconds: int
) -> None:
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        seen = code()
        assert enters(kim, seen)

        clock.shift(seconds)
        assert not enters(kim, seen)


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["-", ".", " ", "\t", "_-_"])
def test_a_code_that_was_used_is_no_other_for_being_written_otherwise(
    kim: User, mark: str
) -> None:
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        seen = code()
        assert enters(kim, seen)

        clock.shift(45)
        assert not enters(kim, f"{seen[:3]}{mark}{seen[3:]}")


@pytest.mark.django_db
def test_a_clock_that_is_a_little_slow_or_fast_still_opens(kim: User) -> None:
    with time_machine.travel(1_800_000_000, tick=False):
        assert enters(kim, code(-1))
        assert enters(kim, code(1))
        assert not enters(kim, code(3))


@pytest.mark.django_db
def test_a_recovery_code_counts_once_and_is_recorded(
    kim: User, recovery_code: str
) -> None:
    assert enters(kim, recovery_code)
    assert not enters(kim, recovery_code)

    verbs = [event.verb for event in Event.objects.about(kim)]
    assert verbs.count("factor.recovery_code_spent") == 1
    assert verbs.count("factor.code_failed") == 1


@pytest.mark.django_db
def test_the_code_that_switches_the_app_on_opens_nothing_afterwards() -> None:
    lou, browser = factories.a_user(), Client()
    by_password(browser, lou)
    page = browser.get(reverse("mfa_activate_totp")).text
    [secret] = re.findall(r'class="secret">(\w+)<', page)
    now = code(secret=secret)
    browser.post(reverse("mfa_activate_totp"), {"code": now})

    assert Authenticator.objects.filter(user=lou, type="totp").exists()
    assert not enters(lou, now)


@pytest.mark.django_db
def test_guessing_codes_is_stopped_but_stays_out_of_the_trail_then(kim: User) -> None:
    with time_machine.travel(1_800_000_000, tick=False):  # when no guess is right
        browser = Client()
        by_password(browser, kim)
        for guess in range(30):
            browser.post(reverse("mfa_authenticate"), {"code": f"{guess:06}"})

        browser.post(reverse("mfa_authenticate"), {"code": code()})

        assert not is_signed_in(browser)
    failed = Event.objects.about(kim).filter(verb="factor.code_failed")
    assert failed.count() <= 10


def at_once(tries: int, do: Callable[[], object]) -> None:
    start = threading.Barrier(tries, timeout=60)

    def run() -> None:
        try:
            start.wait()
            do()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.usefixtures("no_limits_yet")
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_twenty_at_once_one_comes_in(
    kim: User, kind: str, request: pytest.FixtureRequest
) -> None:
    kept = "" if kind == "app" else request.getfixturevalue("recovery_code")
    browsers = [Client() for _ in range(AT_ONCE)]
    for browser in browsers:
        by_password(browser, kim)
    waiting, word = iter(browsers), kept or code()

    at_once(
        AT_ONCE,
        lambda: next(waiting).post(reverse("mfa_authenticate"), {"code": word}),
    )

    assert sum(map(is_signed_in, browsers)) == 1


@pytest.mark.usefixtures("no_limits_yet")
def test_of_twenty_posts_from_one_browser_one_comes_in(kim: User) -> None:
    first = Client()
    by_password(first, kim)
    name = settings.SESSION_COOKIE_NAME
    copies = [Client() for _ in range(AT_ONCE)]
    for copy in copies:
        copy.cookies[name] = first.cookies[name].value
    waiting, now = iter(copies), code()

    at_once(
        AT_ONCE,
        lambda: next(waiting).post(reverse("mfa_authenticate"), {"code": now}),
    )

    assert sum(map(is_signed_in, copies)) == 1
    signed_in = Event.objects.about(kim).filter(verb="account.signed_in")
    assert signed_in.count() == 1
