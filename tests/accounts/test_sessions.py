"""A session ends when she says so, when it must, and after a while by itself."""

import base64
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.accounts.actions.sessions import end_sessions, purge_spent_sessions
from network.accounts.idling import LAST_STEP
from network.accounts.models import User
from network.activity.models import Event
from tests import factories
from tests.accounts.entering import by_both, by_password, is_signed_in
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def kim(db: None) -> User:
    return factories.a_user("kim@consilium.example")


@pytest.fixture
def lou(db: None) -> User:
    return factories.a_user("lou@consilium.example")


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def with_key(key: str) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def new_password(client: Client) -> None:
    new = "another quiet room with chairs"
    form = {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), form)


def sign_out(client: Client) -> None:
    client.post(reverse("account_logout"))


@pytest.mark.parametrize("ends", [new_password, sign_out])
def test_leaving_and_a_new_password_end_every_session(
    kim: User, lou: User, ends: object
) -> None:
    assert callable(ends)
    here, there, hers = signed_in(kim), signed_in(kim), signed_in(lou)

    ends(here)

    assert not is_signed_in(there)
    assert not is_signed_in(here)
    assert is_signed_in(hers)


def test_whoever_ends_her_sessions_for_her_ends_all_of_them(kim: User) -> None:
    here, there = signed_in(kim), Client()
    by_both(there, kim)

    end_sessions(kim, why="deactivated")

    assert not is_signed_in(here)
    assert not is_signed_in(there)
    assert not UserSession.objects.filter(user=kim).exists()
    event = Event.objects.about(kim).get(verb="sessions.ended")
    assert (event.actor_kind, event.why) == ("system", "deactivated")


def test_a_closed_account_is_signed_out_at_once(kim: User) -> None:
    here = signed_in(kim)

    kim.is_active = False
    kim.save()

    assert not is_signed_in(here)


def test_the_old_id_of_a_session_is_dead_after_the_sign_in(kim: User) -> None:
    client = Client()
    by_password(client, factories.with_an_app(kim))
    before = key_of(client)

    by_both(client, kim)

    assert key_of(client) != before
    assert not is_signed_in(with_key(before))
    assert is_signed_in(with_key(key_of(client)))


def test_showing_again_who_she_is_gives_a_new_id(kim: User) -> None:
    client = Client()
    by_both(client, kim)
    before = key_of(client)

    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})

    assert key_of(client) != before
    assert not is_signed_in(with_key(before))
    assert is_signed_in(client)
    assert UserSession.objects.get(user=kim).session_key == key_of(client)
    assert Event.objects.about(kim).filter(verb="factor.shown_again").exists()


def test_she_sees_where_she_is_signed_in_and_ends_one(kim: User) -> None:
    here, there = Client(), Client(headers={"User-Agent": "Mozilla iPhone Safari"})
    by_both(here, kim)
    by_both(there, kim, step=1)
    page = here.get(reverse("accounts:sessions")).text
    other = UserSession.objects.get(session_key=key_of(there))

    here.post(reverse("accounts:session_end", args=[other.pk]))

    assert "Safari on iPhone" in page
    assert page.count("this one") == 1
    assert not is_signed_in(there)
    assert is_signed_in(here)
    assert Event.objects.about(kim).filter(verb="session.ended").exists()


def test_she_ends_all_the_others_at_once(kim: User) -> None:
    here, there = signed_in(kim), signed_in(kim)

    here.post(reverse("accounts:sessions_others"))

    assert not is_signed_in(there)
    assert is_signed_in(here)


def test_nobody_ends_anothers_session(kim: User, lou: User) -> None:
    hers = Client()
    by_both(hers, kim)
    session = UserSession.objects.get(user=kim)

    answer = signed_in(lou).post(reverse("accounts:session_end", args=[session.pk]))

    assert answer.status_code == 404
    assert is_signed_in(hers)


@pytest.mark.parametrize(
    ("minutes", "stays"), [(28, True), (29.9, True), (30, False), (600, False)]
)
def test_a_session_ends_when_nothing_happens(
    kim: User, minutes: float, stays: bool
) -> None:
    client = signed_in(kim)

    with time_machine.travel(timezone.now() + minutes * MINUTE):
        assert is_signed_in(client) is stays


def test_a_page_that_leaves_when_nothing_is_left_finds_the_session_over(
    kim: User,
) -> None:
    client, left = signed_in(kim), reverse("accounts:seconds_left")
    over = client.session[LAST_STEP] + settings.SESSION_IDLE_SECONDS

    with time_machine.travel(over - 0.4, tick=False):
        assert client.get(left).json()["left"] == 1
    with time_machine.travel(over, tick=False):
        assert not is_signed_in(client)


def test_whoever_was_idle_is_told_and_her_browser_is_cleared(kim: User) -> None:
    client = signed_in(kim)

    with time_machine.travel(timezone.now() + 31 * MINUTE):
        answer = client.get("/find/")
        page = client.get(answer["Location"]).text

    assert answer["Location"].startswith(reverse("account_login"))
    assert '"cache"' in answer["Clear-Site-Data"]
    assert "because nothing happened for a while" in page
    event = Event.objects.about(kim).get(verb="session.lapsed")
    assert (event.actor_kind, event.why) == ("system", "idle")


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(kim: User) -> None:
    client, start = signed_in(kim), timezone.now()
    asks: tuple[tuple[str, dict[str, str]], ...] = (
        (reverse("accounts:seconds_left"), {}),
        (reverse("activity:notifications"), {"X-Passive": "1"}),
    )
    for minutes in (10, 20, 29):
        with time_machine.travel(start + minutes * MINUTE):
            for address, headers in asks:
                assert client.get(address, headers=headers).status_code == 200

    with time_machine.travel(start + 31 * MINUTE):
        assert not is_signed_in(client)


def test_the_warning_lets_her_stay(kim: User) -> None:
    client, start = signed_in(kim), timezone.now()
    left = reverse("accounts:seconds_left")

    with time_machine.travel(start + 29 * MINUTE, tick=False):
        assert client.get(left).json()["left"] in range(55, 61)
        stay = client.post(reverse("accounts:stay"), headers={"HX-Request": "true"})
        assert stay.status_code == 204
        assert client.get(left).json()["left"] == 1800
    with time_machine.travel(start + 50 * MINUTE):
        assert is_signed_in(client)


def test_no_session_outlives_the_day(kim: User) -> None:
    client, start = signed_in(kim), timezone.now()
    for quarter in range(1, 48):
        with time_machine.travel(start + 15 * quarter * MINUTE):
            assert is_signed_in(client)

    with time_machine.travel(start + 12 * 60 * MINUTE):
        assert not is_signed_in(client)


def test_a_session_ends_with_the_browser_and_nobody_is_remembered(kim: User) -> None:
    client = Client()
    answer = by_both(client, kim)

    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == cookie["expires"] == ""


def test_ended_sessions_are_forgotten(kim: User) -> None:
    by_both(Client(), kim)

    with time_machine.travel(timezone.now() + 13 * 60 * MINUTE):
        purge_spent_sessions()

    assert not UserSession.objects.exists()
    assert not Session.objects.exists()


def test_what_a_session_holds_is_sealed_in_its_row(kim: User) -> None:
    client = Client()
    by_password(client, kim)
    client.get(reverse("mfa_activate_totp"))

    secret = client.session[SECRET_SESSION_KEY]
    row = Session.objects.get(session_key=key_of(client)).session_data
    assert row.startswith("v1:")
    assert secret not in row
    assert base64.b64encode(secret.encode()).decode()[:12] not in row
