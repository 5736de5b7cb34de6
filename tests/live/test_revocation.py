"""Whoever loses the right to a socket loses the socket, in every process, soon."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from pytest_django import Settings

from network.accounts.actions.sessions import end_session as end_session_of
from network.accounts.actions.tokens import make_token, revoke_token
from network.accounts.models import ApiToken, User
from network.activity import live
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.live.test_handshake import bearer
from tests.live.web import (
    Web,
    close_code,
    cookie,
    cookie_of,
    greeted,
    in_its_own,
    is_open,
)

pytestmark = pytest.mark.django_db(transaction=True)
ENDED = 4401
SOON = 5.0
NOWHERE = "redis://127.0.0.1:1/0"


def end_session(ana: User) -> None:
    Session.objects.all().delete()


def let_session_run_out(ana: User) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def change_password(ana: User) -> None:
    ana.set_password("another long sentence")
    ana.save(update_fields=["password"])


def deactivate(ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)


def test_every_ending_closes_the_sockets_of_every_process_also_without_valkey(
    transactional_db: None, tmp_path: Path, ana: Clinician, ben: Clinician
) -> None:
    assert ana.user
    with (
        in_its_own(tmp_path / "one.log") as one,
        in_its_own(tmp_path / "two.log", REDIS_URL=NOWHERE) as two,
    ):
        for end in (end_session, let_session_run_out, change_password, deactivate):
            headers = cookie_of(ana)
            tabs = [greeted(server.socket(headers)) for server in (one, two)]
            with one.enter(ben) as bens:
                began = time.monotonic()
                end(ana.user)

                assert [close_code(tab, SOON) for tab in tabs] == [ENDED, ENDED], end
                assert time.monotonic() - began < SOON
                assert end in (end_session, let_session_run_out) or is_open(bens)


def test_signing_out_closes_every_tab_at_once_and_no_program(
    web: Web, ana: Clinician
) -> None:
    browser, other = signed_in(ana), signed_in(ana)
    tabs = [
        greeted(web.socket(cookie(str(one.session.session_key))))
        for one in (browser, other)
    ]
    with greeted(web.socket(bearer(ana.user), origin=None)) as program:
        began = time.monotonic()
        browser.post("/account/logout/")

        assert [close_code(tab, SOON) for tab in tabs] == [ENDED, ENDED]
        assert time.monotonic() - began < 2
        assert is_open(program)


def test_ending_another_browser_closes_its_tab_alone(web: Web, ana: Clinician) -> None:
    assert ana.user
    here, there = signed_in(ana), signed_in(ana)
    keys = [str(browser.session.session_key) for browser in (here, there)]
    known = UserSession.objects.create(
        user=ana.user, session_key=keys[1], ip="127.0.0.1", user_agent="Firefox"
    )
    with (
        greeted(web.socket(cookie(keys[0]))) as tab,
        greeted(web.socket(cookie(keys[1]))) as other,
    ):
        end_session_of(known, by=ana.user)

        assert close_code(other, SOON) == ENDED
        assert is_open(tab)


def test_a_session_without_a_step_closes_when_it_is_idle(
    web: Web, ana: Clinician, settings: Settings
) -> None:
    browser = signed_in(ana)
    browser.get("/")
    with greeted(web.socket(cookie(str(browser.session.session_key)))) as tab:
        settings.SESSION_IDLE_SECONDS = 0

        assert close_code(tab, SOON) == ENDED


def test_a_revoked_token_closes_its_sockets(web: Web, ana: Clinician) -> None:
    assert ana.user
    with (
        greeted(web.socket(bearer(ana.user), origin=None)) as tab,
        web.enter(ana) as another,
    ):
        revoke_token(ApiToken.objects.get(), by=ana.user)

        assert close_code(tab, SOON) == ENDED
        assert is_open(another)


def test_a_token_that_expires_closes_its_sockets(web: Web, ana: Clinician) -> None:
    assert ana.user
    make_token(ana.user, name="spare", days=1)
    with greeted(web.socket(bearer(ana.user), origin=None)) as tab:
        ApiToken.objects.update(expires_at=timezone.now())

        assert close_code(tab, SOON) == ENDED


def test_word_of_an_ending_closes_at_once(web: Web, ana: Clinician) -> None:
    assert ana.user
    with web.enter(ana) as tab:
        deactivate(ana.user)
        began = time.monotonic()
        live.recheck([ana.user])

        assert close_code(tab, SOON) == ENDED
        assert time.monotonic() - began < 1


def test_the_answer_to_a_goodbye_troubles_nobody(
    web: Web, ana: Clinician, caplog: pytest.LogCaptureFixture
) -> None:
    assert ana.user
    with web.enter(ana) as tab:
        deactivate(ana.user)
        live.recheck([ana.user])
        assert close_code(tab, SOON) == ENDED

    assert [record for record in caplog.records if record.name == "asyncio"] == []


def test_word_of_no_ending_closes_nothing(web: Web, ana: Clinician) -> None:
    assert ana.user
    with web.enter(ana) as tab:
        for _ in range(5):
            live.recheck([ana.user])

        assert is_open(tab)


def test_the_servers_of_the_tests_are_their_own() -> None:
    """Nobody may be nudged outside."""
    assert "consilium-tests-" in os.environ["REDIS_URL"]
