"""Allauth's pages and mails in our words."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from network.clinicians.models import Clinician
from tests.accounts.entering import by_both
from tests.conftest import signed_in
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

VISITORS = (
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-used/",
    "/account/password/reset/key/done/",
    "/account/confirm-email/",
    "/account/confirm-email/used/",
    "/account/inactive/",
)
MEMBERS = ("/account/email/", "/account/password/change/", "/account/logout/")


@pytest.mark.parametrize("address", VISITORS)
def test_a_visitors_page_is_ours(address: str) -> None:
    assert is_ours(Client().get(address))


@pytest.mark.parametrize("address", MEMBERS)
def test_a_members_page_is_ours(address: str, ana: Clinician) -> None:
    assert is_ours(signed_in(ana).get(address))


def is_ours(answer: Any) -> bool:
    page = answer.content.decode()
    return all(
        part in page
        for part in ('<html lang="en"', '<main id="main"', "<h1", "Skip to the content")
    )


@pytest.mark.parametrize(
    ("address", "name", "autocomplete"),
    [
        ("/account/login/", "login", "username"),
        ("/account/login/", "password", "current-password"),
        ("/account/signup/", "email", "username"),
        ("/account/signup/", "password1", "new-password"),
        ("/account/password/reset/", "email", "username"),
    ],
)
def test_a_password_manager_knows_the_fields(
    address: str, name: str, autocomplete: str
) -> None:
    page = Client().get(address).content.decode()
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)

    assert field is not None
    assert f'autocomplete="{autocomplete}"' in field[0]
    assert "placeholder" not in field[0]


def test_a_wrong_password_is_said_at_the_top_and_keeps_the_address(
    ana: Clinician,
) -> None:
    wrong = {"login": "ana@consilium.example", "password": "not this one, sorry"}

    page = Client().post("/account/login/", wrong).content.decode()

    assert 'role="alert"' in page
    assert 'value="ana@consilium.example"' in page
    assert "not this one" not in page
    assert "<title>Error: " in page


def test_too_many_tries_show_a_calm_page(ana: Clinician) -> None:
    client, wrong = Client(), {"email": "nobody@consilium.example"}

    answers = [client.post("/account/password/reset/", wrong) for _ in range(30)]

    assert answers[-1].status_code == 429
    assert is_ours(answers[-1])


def test_signing_in_and_out_says_no_more_than_needed(ana: Clinician) -> None:
    client = Client()
    assert ana.user is not None

    by_both(client, ana.user)
    home = client.get("/").content.decode()
    assert "Successfully" not in home
    assert "Today" in home

    welcome = client.post("/account/logout/", follow=True).content.decode()
    assert "You are signed out." in welcome


def test_a_mail_is_plain_in_both_its_forms(mailoutbox: list[Any]) -> None:
    signup = {"email": "new@consilium.example", "password1": "rain on a tin roof 7"}

    Client().post("/account/signup/", signup)

    [message] = mailoutbox
    [(html, kind)] = message.alternatives
    link = re.search(r"http\S+confirm-email\S+", message.body)
    assert link is not None
    assert kind == "text/html"
    assert f'<a href="{link[0]}"' in html
    assert message.subject == "Confirm your e-mail address"
    for form in (message.body, html):
        assert "988" in form
        assert not re.search(r"<img|<style|utm_|Hello from", form)


def test_a_mail_for_a_stranger_tells_only_the_stranger(ana: Clinician) -> None:
    pages = {
        Client()
        .post("/account/password/reset/", {"email": address}, follow=True)
        .content.decode()
        .partition("<main")[2]
        for address in ("ana@consilium.example", "nobody@consilium.example")
    }

    assert len(pages) == 1
    assert {message.subject for message in mail.outbox} == {
        "Choose a new password",
        "There is no account with this address",
    }


def test_a_changed_password_is_told_by_mail(ana: Clinician) -> None:
    changed = {
        "oldpassword": PASSWORD,
        "password1": "a garden behind the house 3",
        "password2": "a garden behind the house 3",
    }

    signed_in(ana).post("/account/password/change/", changed)

    assert [message.subject for message in mail.outbox] == ["Your password was changed"]
    assert "Was it you?" in mail.outbox[0].body


def test_an_address_has_only_the_buttons_that_work(ana: Clinician) -> None:
    page = signed_in(ana).get("/account/email/").content.decode()

    assert "main address" in page
    assert "action_remove" not in page
    assert "action_primary" not in page
