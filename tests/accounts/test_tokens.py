"""Personal tokens: shown once, kept as a digest, ended by time or by hand."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from ninja.errors import HttpError

from config.api import signed_in as signed_in_to_api
from network.accounts.actions.tokens import make_token, revoke_token
from network.accounts.events import AccountEvent
from network.accounts.models import ApiToken, Scope, User
from network.accounts.tokens import authenticate
from network.activity.models import Event
from tests import factories
from tests.accounts.entering import by_both, by_password
from tests.conftest import signed_in


@pytest.fixture
def kim(db: None) -> User:
    return factories.a_user("kim@consilium.example")


@pytest.fixture
def lou(db: None) -> User:
    return factories.a_user("lou@consilium.example")


@pytest.fixture
def token(kim: User) -> str:
    return make_token(kim, name="calendar", days=30)


@pytest.fixture
def her_browser(client: Client, kim: User) -> Client:
    """Signed in a moment ago, by her password and her second factor."""
    by_both(client, kim)
    return client


def test_a_token_speaks_for_its_owner(kim: User, token: str) -> None:
    assert authenticate(token) == kim


def test_a_token_is_kept_as_its_digest_only(token: str) -> None:
    assert token not in str(vars(ApiToken.objects.get()))


@pytest.mark.parametrize("junk", ["", "consilium_", "x" * 5000, "\x00"])
def test_junk_speaks_for_nobody(token: str, junk: str) -> None:
    assert authenticate(junk) is None


def test_a_token_ends(token: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert authenticate(token) is None


def test_a_revoked_token_is_dead_and_its_end_recorded_once(
    kim: User, token: str
) -> None:
    kept = ApiToken.objects.get()

    revoke_token(kept, by=kim)
    revoke_token(kept, by=kim)

    assert authenticate(token) is None
    verbs = [event.verb for event in Event.objects.about(kept)]
    assert verbs == [AccountEvent.TOKEN_MADE, AccountEvent.TOKEN_REVOKED]


def test_no_token_outlives_the_beginning_of_a_closing(kim: User, token: str) -> None:
    """However it came to be there."""
    User.objects.filter(pk=kim.pk).update(erase_at=timezone.now() + timedelta(days=1))

    assert authenticate(token) is None


def test_a_token_of_a_closed_account_is_dead(kim: User, token: str) -> None:
    kim.is_active = False
    kim.save()

    assert authenticate(token) is None


def test_the_last_use_is_noted_once_a_minute(token: str) -> None:
    start = timezone.now()
    for seconds, noted in ((0, 0), (30, 0), (90, 90)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            authenticate(token)
        last = ApiToken.objects.get().last_used_at
        assert last == start + timedelta(seconds=noted)


def test_the_page_shows_a_new_token_this_once(her_browser: Client, kim: User) -> None:
    page = _make_token(her_browser)
    [token] = re.findall(r"<code>(\S+)</code>", page)
    assert authenticate(token) == kim

    again = her_browser.get(reverse("accounts:tokens"))
    assert token not in again.text
    assert "my almanac" in again.text


def test_the_page_says_that_a_token_reads_conversations(her_browser: Client) -> None:
    page = her_browser.get(reverse("accounts:tokens")).text

    assert "to read is to read your conversations too" in page


def _make_token(browser: Client, password: str = factories.PASSWORD) -> str:
    """She is asked for her password in between."""
    asked = browser.post(
        reverse("accounts:tokens"),
        {"name": "my almanac", "days": "30", "scope": "read"},
    )
    assert asked.status_code == HTTPStatus.FOUND
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    return browser.post(asked["Location"], {"password": password}).text


def test_a_token_needs_the_password_again(her_browser: Client) -> None:
    _make_token(her_browser, "wrong")

    assert not ApiToken.objects.exists()


def test_nobody_sees_or_revokes_anothers_token(lou: User, token: str) -> None:
    kept = ApiToken.objects.get()

    answer = signed_in(lou).post(reverse("accounts:revocation", args=[kept.public_id]))

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert authenticate(token) is not None


def test_she_revokes_her_own(her_browser: Client, token: str) -> None:
    kept = ApiToken.objects.get()

    her_browser.post(reverse("accounts:revocation", args=[kept.public_id]))

    assert authenticate(token) is None


@pytest.mark.parametrize(
    ("scope", "method", "path", "may"),
    [
        (Scope.READ, "get", "/api/v1/vocabulary", True),
        (Scope.READ, "post", "/api/v1/needs/parse", True),
        (Scope.READ, "post", "/api/v1/matches", True),
        (Scope.READ, "post", "/api/v1/anything/else", False),
        (Scope.READ, "delete", "/api/v1/vocabulary", False),
        (Scope.WRITE, "get", "/api/v1/vocabulary", True),
        (Scope.WRITE, "post", "/api/v1/anything/else", True),
    ],
)
def test_a_token_does_what_its_scope_allows(
    kim: User, scope: Scope, method: str, path: str, may: bool
) -> None:
    token = make_token(kim, name="calendar", days=30, scope=scope)
    request = getattr(RequestFactory(), method)(path)
    request.headers = {"Authorization": f"Bearer {token}"}

    if may:
        assert signed_in_to_api(request) == kim
    else:
        with pytest.raises(HttpError, match="only search and read"):
            signed_in_to_api(request)


def test_no_token_is_made_before_a_second_factor(client: Client, kim: User) -> None:
    by_password(client, kim)
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})

    form = {"name": "calendar", "days": "30", "scope": "write"}
    answer = client.post(reverse("accounts:tokens"), form)

    assert answer["Location"] == reverse("accounts:second_factor")
    assert not ApiToken.objects.exists()
