"""Every page of allauth that can be reached wears our layout, in our words."""

from pathlib import Path

import allauth
import pytest
from allauth.account import app_settings as account
from allauth.mfa import app_settings as mfa
from django.conf import settings
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

THEIRS = Path(allauth.__file__).parent / "templates"
OURS = Path(settings.BASE_DIR) / "templates"
APPS = ("account", "mfa", "usersessions")

# Pages that no address leads to here, each with the address it would have.
UNREACHED = {
    "account/confirm_email_verification_code.html": "",
    "account/confirm_login_code.html": "",
    "account/confirm_password_reset_code.html": "account_confirm_password_reset_code",
    "account/confirm_phone_verification_code.html": "account_verify_phone",
    "account/email_change.html": "",
    "account/phone_change.html": "account_change_phone",
    "account/request_login_code.html": "account_request_login_code",
    "account/signup_by_passkey.html": "account_signup_by_passkey",
    "mfa/trust.html": "mfa_trust",
    "mfa/webauthn/signup_form.html": "mfa_signup_webauthn",
}


def is_page(name: str) -> bool:
    """Neither a part of other pages nor what their pages extend."""
    path = Path(name)
    return not path.name.startswith("base") and "snippets" not in path.parts


def shipped(pattern: str) -> list[str]:
    found = (file for app in APPS for file in (THEIRS / app).rglob(pattern))
    return sorted(str(file.relative_to(THEIRS)) for file in found)


PAGES = [name for name in shipped("*.html") if is_page(name)]


def test_every_page_of_allauth_is_replaced() -> None:
    missing = [name for name in PAGES if not (OURS / name).exists()]

    assert sorted(missing) == sorted(UNREACHED)


@pytest.mark.parametrize("address", sorted(filter(None, UNREACHED.values())))
def test_what_is_not_replaced_has_no_address(address: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(address)


def test_what_is_not_replaced_is_switched_off() -> None:
    assert not account.CHANGE_EMAIL
    assert not account.EMAIL_VERIFICATION_BY_CODE_ENABLED
    assert not account.LOGIN_BY_CODE_ENABLED
    assert not mfa.TRUST_ENABLED
    assert not mfa.PASSKEY_SIGNUP_ENABLED


@pytest.mark.parametrize("name", [name for name in PAGES if name not in UNREACHED])
def test_a_page_is_found_in_our_own_words(name: str) -> None:
    origin = get_template(name).origin.name  # type: ignore[attr-defined]

    assert str(OURS) in str(origin)
    source = (OURS / name).read_text()
    assert '{% extends "layouts/' in source
    assert "{% element" not in source


SAID = ("mfa/messages/", "usersessions/messages/", "mfa/email/")
WORDS = [name for name in shipped("*.txt") if name.startswith(SAID)]


@pytest.mark.parametrize("name", WORDS)
def test_messages_and_mails_of_a_second_factor_are_ours(name: str) -> None:
    assert (OURS / name).exists()


@pytest.mark.parametrize("name", [one for one in WORDS if "email/" in one])
def test_a_mail_has_both_its_forms(name: str) -> None:
    if name.endswith("_message.txt"):
        assert (OURS / name.replace(".txt", ".html")).exists()
