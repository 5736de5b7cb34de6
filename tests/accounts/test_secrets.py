"""Secrets of second factors are sealed by the ring of keys, and sealed anew."""

import base64
import json
import secrets

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from pytest_django import Settings

from network.accounts.models import User
from network.privacy.actions import rotate
from network.privacy.keys import Unreadable
from tests import factories
from tests.accounts.entering import code

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim() -> User:
    user = factories.with_an_app(factories.a_user("kim@consilium.example"))
    RecoveryCodes.activate(user)
    return user


def a_key(name: str) -> str:
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def kept(kim: User) -> dict[str, dict[str, str]]:
    return dict(Authenticator.objects.filter(user=kim).values_list("type", "data"))


def test_the_table_holds_no_clear_secret(kim: User) -> None:
    codes = Authenticator.objects.get(user=kim, type="recovery_codes").wrap()

    rows = json.dumps(kept(kim))

    assert factories.SECRET not in rows
    assert not any(one in rows for one in codes.generate_codes())
    assert kept(kim)["totp"]["secret"].startswith("v1:")
    assert kept(kim)["recovery_codes"]["seed"].startswith("v1:")


def test_a_new_key_seals_them_anew(settings: Settings) -> None:
    old, new = a_key("old"), a_key("new")
    settings.CONSILIUM_KEYS = old
    lou = factories.with_an_app(factories.a_user())
    RecoveryCodes.activate(lou)
    codes = RecoveryCodes.activate(lou).generate_codes()

    settings.CONSILIUM_KEYS = f"{new},{old}"
    sealed_anew = rotate()
    settings.CONSILIUM_KEYS = new

    assert sealed_anew >= 2
    assert Authenticator.objects.get(user=lou, type="totp").wrap().validate_code(code())
    assert RecoveryCodes.activate(lou).generate_codes() == codes
    assert rotate() == 0


def test_without_its_key_a_secret_is_unreadable(kim: User, settings: Settings) -> None:
    settings.CONSILIUM_KEYS = a_key("another")

    app = Authenticator.objects.get(user=kim, type="totp").wrap()
    with pytest.raises(Unreadable):
        app.validate_code(code())
