"""Secrets of second factors are sealed by the ring of keys, and sealed anew."""

import base64
import json
import secrets

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from pytest_django import Settings

from network.accounts.mfa import secrets_of
from network.accounts.models import User
from network.privacy.keys import Unreadable
from network.privacy.sealed.everything import rotate
from tests import factories
from tests.accounts.entering import code

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim() -> User:
    user = factories.with_an_app(factories.a_user("kim@consilium.example"))
    with secrets_of(user):
        RecoveryCodes.activate(user)
    return user


def a_key(name: str) -> str:
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def kept(kim: User) -> dict[str, dict[str, str]]:
    return dict(Authenticator.objects.filter(user=kim).values_list("type", "data"))


def app_of(user: User) -> TOTP:
    return Authenticator.objects.get(user=user, type="totp").wrap()


def codes_of(user: User) -> list[str]:
    with secrets_of(user):
        codes: list[str] = RecoveryCodes.activate(user).generate_codes()
        return codes


def test_the_table_holds_no_clear_secret(kim: User) -> None:
    rows = json.dumps(kept(kim))

    assert factories.SECRET not in rows
    assert not any(one in rows for one in codes_of(kim))
    assert kept(kim)["totp"]["secret"].startswith("v1:")
    assert kept(kim)["recovery_codes"]["seed"].startswith("v1:")


def test_a_new_key_seals_them_anew(settings: Settings) -> None:
    old, new = a_key("old"), a_key("new")
    settings.CONSILIUM_KEYS = old
    lou = factories.with_an_app(factories.a_user())
    codes = codes_of(lou)

    settings.CONSILIUM_KEYS = f"{new},{old}"
    sealed_anew = rotate()
    settings.CONSILIUM_KEYS = new

    assert sealed_anew >= 2
    with secrets_of(lou):
        assert app_of(lou).validate_code(code())
    assert codes_of(lou) == codes
    assert rotate() == 0


def test_without_its_key_a_secret_is_unreadable(kim: User, settings: Settings) -> None:
    settings.CONSILIUM_KEYS = a_key("another")

    with secrets_of(kim), pytest.raises(Unreadable):
        app_of(kim).validate_code(code())


def test_the_secret_of_one_opens_nothing_for_another(kim: User) -> None:
    lou = factories.with_an_app(factories.a_user())
    hers = kept(kim)["totp"]
    Authenticator.objects.filter(user=lou, type="totp").update(data=hers)

    with secrets_of(lou), pytest.raises(Unreadable):
        app_of(lou).validate_code(code())
