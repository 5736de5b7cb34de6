"""Without a second factor the network stays shut, and each change of one is known."""

import re
from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from network.accounts.actions.factors import forget_factors
from network.accounts.actions.tokens import make_token
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.models import Event
from network.clinicians.models import Clinician
from tests import factories
from tests.accounts.entering import by_both, by_password, code, is_signed_in
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1/vocabulary"
PASSED, SHUT, ABSENT = HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.NOT_FOUND
REFUSED = HTTPStatus.FORBIDDEN

# What each finds: a stranger at the sign-in page is told by test_doors.
ROOMS = [
    ("/", SHUT, PASSED),
    ("/find/", SHUT, PASSED),
    ("/lists/", SHUT, PASSED),
    ("/notifications/", SHUT, PASSED),
    ("/profile/away/", SHUT, PASSED),
    ("/profile/blocks/", SHUT, PASSED),
    ("/profile/conflicts/", SHUT, PASSED),
    ("/profile/endorsements/", SHUT, PASSED),
    ("/profile/supervision/", SHUT, PASSED),
    ("/account/tokens/", SHUT, PASSED),
    ("/clinicians/{ben}/", SHUT, PASSED),
    (API, REFUSED, PASSED),
    ("/profile/", PASSED, PASSED),
    ("/settings/", PASSED, PASSED),
    ("/account/email/", PASSED, PASSED),
    ("/account/sessions/", PASSED, PASSED),
    ("/account/2fa/", PASSED, PASSED),
    ("/account/logout/", PASSED, PASSED),
    ("/livez", PASSED, PASSED),
    ("/nothing-here/", ABSENT, ABSENT),
]


def with_a_password_only(person: Clinician) -> Client:
    assert person.user is not None
    client = Client()
    client.force_login(person.user)
    return client


@pytest.mark.parametrize(("address", "before", "after"), ROOMS)
def test_who_comes_where(
    ana: Clinician, ben: Clinician, address: str, before: int, after: int
) -> None:
    address = address.format(ben=ben.public_id)

    turned_away = with_a_password_only(ana).get(address)

    assert turned_away.status_code == before
    if before == SHUT:
        assert turned_away["Location"] == reverse("accounts:second_factor")
    assert signed_in(ana).get(address).status_code == after


def test_ana_with_a_factor_she_has_not_shown_is_asked_to_show_it(
    ana: Clinician,
) -> None:
    assert ana.user is not None
    factories.with_an_app(ana.user)
    client = with_a_password_only(ana)

    page = client.get("/find/", follow=True).text
    client.post(reverse("mfa_reauthenticate"), {"code": code()})

    assert "Show your second factor" in page
    assert client.get("/find/").status_code == PASSED


def test_a_piece_of_a_page_leads_the_whole_page_there(ana: Clinician) -> None:
    answer = with_a_password_only(ana).get("/find/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == reverse("accounts:second_factor")


def test_the_api_says_what_is_missing(ana: Clinician) -> None:
    [told] = with_a_password_only(ana).get(API).json()["errors"]

    assert told["code"] == "second_factor_required"


def test_a_token_is_past_the_gate(ana: Clinician) -> None:
    assert ana.user is not None
    token = make_token(ana.user, name="calendar", days=30)

    answer = Client().get(API, headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == PASSED


def test_an_invalid_token_beside_a_cookie_opens_nothing(ana: Clinician) -> None:
    client = with_a_password_only(ana)

    for words in ("Bearer nothing", "Basic abc", ""):
        answer = client.get(API, headers={"Authorization": words})
        assert answer.status_code in {HTTPStatus.UNAUTHORIZED, REFUSED}


def test_a_demonstration_asks_for_none_and_says_so_on_every_page(
    ana: Clinician, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client = with_a_password_only(ana)

    for address in ("/", "/find/", "/settings/"):
        page = client.get(address)
        assert page.status_code == PASSED
        assert "Demonstration." in page.text
    settings.SECOND_FACTOR_REQUIRED = True
    assert "Demonstration." not in signed_in(ana).get("/").text


@pytest.fixture
def kim(db: None) -> User:
    return factories.a_user("kim@consilium.example")


def set_up_an_app(client: Client) -> None:
    """Right after the sign-in, she is not asked for the password again."""
    page = client.get(reverse("mfa_activate_totp")).text
    found = re.search(r'class="secret">(\w+)<', page)
    assert found is not None
    form = {"code": code(secret=found[1])}
    answer = client.post(reverse("mfa_activate_totp"), form)
    assert answer["Location"] == reverse("mfa_view_recovery_codes")


def test_kim_sets_up_an_app_and_comes_in(client: Client, kim: User) -> None:
    by_password(client, kim)
    elsewhere = Client()
    elsewhere.force_login(kim)

    set_up_an_app(client)

    assert client.get("/notifications/").status_code == PASSED
    assert not is_signed_in(elsewhere)
    verbs = [event.verb for event in Event.objects.about(kim)]
    assert verbs[-3:] == [
        "factor.added",
        "factor.recovery_codes_made",
        "sessions.others_ended",
    ]


@pytest.mark.usefixtures("no_limits_yet")
def test_every_confirmed_address_hears_of_a_new_factor(
    client: Client, kim: User
) -> None:
    EmailAddress.objects.create(user=kim, email="kim@home.example", verified=True)
    by_password(client, kim)

    set_up_an_app(client)

    assert sorted(message.to[0] for message in mail.outbox) == [
        "kim@consilium.example",
        "kim@home.example",
    ]
    assert {one.subject for one in mail.outbox} == {"An app with codes was added"}


def test_removing_the_last_factor_shuts_the_network_again(
    client: Client, kim: User
) -> None:
    by_both(client, kim)
    assert client.get("/notifications/").status_code == PASSED
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=kim).exists()
    assert client.get("/notifications/").status_code == SHUT
    assert Event.objects.about(kim).filter(verb="factor.removed").exists()


def test_a_factor_is_removed_only_by_whoever_shows_again_who_she_is(
    client: Client, kim: User
) -> None:
    by_both(client, kim)

    asked = client.post(reverse("mfa_deactivate_totp"))

    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=kim).exists()


def test_nobody_with_a_factor_adds_another_by_the_sign_in_alone(
    client: Client, kim: User
) -> None:
    by_both(client, kim)

    for name in ("mfa_add_webauthn", "mfa_generate_recovery_codes"):
        asked = client.get(reverse(name))
        assert asked["Location"].startswith(reverse("account_reauthenticate"))


def test_the_page_of_recovery_codes_shows_them_and_gives_a_file(
    client: Client, kim: User
) -> None:
    by_password(client, kim)
    set_up_an_app(client)
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})

    page = client.get(reverse("mfa_view_recovery_codes")).text
    file = client.get(reverse("mfa_download_recovery_codes"))

    codes = re.findall(r"<code>(\d{8})</code>", page)
    assert len(codes) == 10
    assert all(one in file.text for one in codes)
    assert "attachment" in file["Content-Disposition"]


def test_whoever_lost_everything_begins_anew(client: Client, kim: User) -> None:
    by_both(client, kim)

    forget_factors(kim, by=Actor.system(), why="operator")

    assert not Authenticator.objects.filter(user=kim).exists()
    assert not is_signed_in(client)


def test_a_new_password_by_mail_does_not_pass_the_second_factor(
    client: Client, kim: User
) -> None:
    factories.with_an_app(kim)
    client.post(reverse("account_reset_password"), {"email": kim.email})
    [link] = re.findall(r"http://testserver(/account/\S+)", str(mail.outbox[0].body))
    new = "another quiet room with chairs"
    client.post(client.get(link)["Location"], {"password1": new, "password2": new})

    assert not is_signed_in(client)
    form = {"login": kim.email, "password": new}
    asked = client.post(reverse("account_login"), form)
    assert asked["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
