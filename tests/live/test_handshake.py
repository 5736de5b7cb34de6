"""Who gets a socket: the exact origin, and a session or a token that counts."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from network.accounts.actions.tokens import make_token, revoke_token
from network.accounts.models import ApiToken, User
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.live.web import Web, cookie, cookie_of, greeted, hear, session_of

OPEN, BAD, UNKNOWN, REFUSED, NOWHERE, TOO_MANY = 101, 400, 401, 403, 404, 429


def bearer(user: User | None) -> dict[str, str]:
    assert user
    return {"Authorization": f"Bearer {make_token(user, name='feed', days=1)}"}


ORIGINS = {
    "http://localhost:{port}": OPEN,
    None: REFUSED,
    "": REFUSED,
    "null": REFUSED,
    "http://localhost": REFUSED,
    "http://localhost:1": REFUSED,
    "https://localhost:{port}": REFUSED,
    "ws://localhost:{port}": REFUSED,
    "http://127.0.0.1:{port}": REFUSED,
    "http://localhost:{port}.evil.example": REFUSED,
    "http://localhost:{port}@evil.example": REFUSED,
    "http://evil.localhost:{port}": REFUSED,
    "http://notlocalhost:{port}": REFUSED,
    "http://LOCALHOST:{port}": REFUSED,
    "http://localhost:{port}/": REFUSED,
    "http://localhost:{port}, http://evil.example": REFUSED,
}


def test_a_browser_comes_from_our_own_pages(web: Web, ana: Clinician) -> None:
    headers = cookie_of(ana)
    found = {
        origin: web.status(headers, origin=origin and origin.format(port=web.port))
        for origin in ORIGINS
    }

    assert found == ORIGINS


def test_a_program_with_a_token_need_not_say_where_it_is(
    web: Web, ana: Clinician
) -> None:
    headers = bearer(ana.user)

    assert web.status(headers, origin=None) == OPEN
    assert web.status(headers) == OPEN
    assert web.status(headers, origin="http://evil.example") == REFUSED
    assert web.status(headers, origin="null") == REFUSED


def test_a_trusted_origin_of_the_settings_counts(
    web: Web, ana: Clinician, settings: Settings
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://consilium.example"]

    assert web.status(cookie_of(ana), origin="https://consilium.example") == OPEN
    assert web.status(cookie_of(ana), origin="http://consilium.example") == REFUSED


def test_a_name_that_is_not_ours_does_not_vouch_for_itself(
    web: Web, ana: Clinician
) -> None:
    """As a page would that makes its own name lead to our address."""
    headers = {**cookie_of(ana), "Host": f"evil.example:{web.port}"}

    assert web.status(headers, origin=f"http://evil.example:{web.port}") != OPEN


def test_a_program_asks_for_a_name_of_ours(web: Web, ana: Clinician) -> None:
    token = bearer(ana.user)
    foreign = {**token, "Host": f"evil.example:{web.port}"}
    assert web.status(token, origin=None) == OPEN
    assert web.status(foreign, origin=None) == BAD


def test_without_https_where_it_is_required_nobody_comes_in(
    web: Web, ana: Clinician, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert web.status(cookie_of(ana)) == REFUSED


def test_a_stranger_is_refused(web: Web) -> None:
    assert web.status({}) == UNKNOWN
    assert web.status(cookie("f0rged" * 6)) == UNKNOWN
    assert web.status(cookie("")) == UNKNOWN
    assert web.status({"Authorization": "Bearer consilium_forged"}) == UNKNOWN
    assert web.status({"Authorization": "Basic YTpi"}) == UNKNOWN


def test_a_visitor_who_never_signed_in_is_refused(web: Web, ana: Clinician) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    visit = SessionStore()
    visit["appearance"] = "dark"
    visit.save()

    assert web.status(cookie(visit.session_key or "")) == UNKNOWN


def test_somebody_signed_out_is_refused(web: Web, ana: Clinician) -> None:
    browser = signed_in(ana)
    key = session_of(ana)
    headers = cookie(browser.session.session_key or "")
    browser.logout()

    assert web.status(headers) == UNKNOWN
    assert web.status(cookie(key)) == OPEN  # another browser of hers


def test_a_session_that_ran_out_is_refused(web: Web, ana: Clinician) -> None:
    headers = cookie_of(ana)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert web.status(headers) == UNKNOWN


def test_a_closed_account_is_refused(web: Web, ana: Clinician) -> None:
    assert ana.user
    by_cookie, by_token = cookie_of(ana), bearer(ana.user)
    User.objects.filter(pk=ana.user.pk).update(is_active=False)

    assert web.status(by_cookie) == UNKNOWN
    assert web.status(by_token) == UNKNOWN


def test_a_new_password_closes_the_old_sessions(web: Web, ana: Clinician) -> None:
    assert ana.user
    headers = cookie_of(ana)
    ana.user.set_password("another long sentence")
    ana.user.save()

    assert web.status(headers) == UNKNOWN


def test_a_revoked_or_expired_token_is_refused(web: Web, ana: Clinician) -> None:
    assert ana.user
    revoked, expired = bearer(ana.user), bearer(ana.user)
    first, second = ApiToken.objects.order_by("pk")
    revoke_token(first, by=ana.user)
    ApiToken.objects.filter(pk=second.pk).update(expires_at=timezone.now())

    assert web.status(revoked) == UNKNOWN
    assert web.status(expired) == UNKNOWN


def test_half_a_sign_in_is_refused(
    web: Web, ana: Clinician, settings: Settings
) -> None:
    """The password alone opens no socket where a second factor is asked for."""
    assert ana.user
    settings.SECOND_FACTOR_REQUIRED = True
    half = Client()
    half.force_login(ana.user)

    assert web.status(cookie(str(half.session.session_key))) == UNKNOWN
    assert "<live-connection" not in half.get("/settings/").text
    assert web.status(cookie_of(ana)) == OPEN


def test_whoever_has_not_agreed_or_is_leaving_is_refused(
    web: Web, ana: Clinician, ben: Clinician
) -> None:
    anas, bens = cookie_of(ana), cookie_of(ben)
    User.objects.filter(clinician=ana).update(agreed_to="")
    User.objects.filter(clinician=ben).update(erase_at=timezone.now())

    assert web.status(anas) == UNKNOWN
    assert web.status(bens) == UNKNOWN


def test_a_token_counts_before_a_cookie(web: Web, ana: Clinician) -> None:
    headers = {**cookie_of(ana), "Authorization": "Bearer consilium_forged"}

    assert web.status(headers) == UNKNOWN


def test_staff_and_newcomers_have_a_socket_too(
    web: Web, finn: Clinician, staff: User
) -> None:
    assert web.status(cookie_of(finn)) == OPEN
    assert web.status(cookie_of(staff)) == OPEN


def test_a_client_names_the_protocol_it_speaks(web: Web, ana: Clinician) -> None:
    headers = cookie_of(ana)

    for protocols in ((), ("consilium.v2",), ("graphql-ws", "consilium")):
        assert web.status(headers, protocols=protocols) == BAD


def test_the_server_answers_with_the_version_both_speak(
    web: Web, ana: Clinician
) -> None:
    with web.socket(cookie_of(ana), protocols=("consilium.v2", "consilium.v1")) as tab:
        assert tab.subprotocol == "consilium.v1"
        hello = hear(tab)

    assert hello.pop("session")
    assert hello == {"type": "hello", "v": 1, "heartbeat": 25}


def test_there_is_no_other_socket(web: Web, ana: Clinician) -> None:
    for path in ("/", "/live", "/live/x/", "/ws/", "/notifications/"):
        assert web.status(cookie_of(ana), path=path) == NOWHERE


def test_an_account_has_so_many_sockets_and_no_more(
    web: Web, ana: Clinician, ben: Clinician
) -> None:
    headers = cookie_of(ana)
    tabs = [greeted(web.socket(headers)) for _ in range(20)]

    assert web.status(headers) == TOO_MANY
    assert web.status(cookie_of(ben)) == OPEN

    tabs.pop().close()
    greeted(web.socket(headers)).close()
    for tab in tabs:
        tab.close()
