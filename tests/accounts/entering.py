"""Coming in by the front door, as people do: a password, then a code."""

import time
from http import HTTPStatus
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from network.accounts.models import User
from tests import factories

PERIOD = 30


def code(step: int = 0, *, secret: str = factories.SECRET) -> str:
    """What her app shows now; one step before or after while a slow clock may."""
    counter = int(time.time()) // PERIOD + step
    return str(format_hotp_value(hotp_value(secret, counter)))


def by_password(client: Client, user: User) -> Any:
    form = {"login": user.email, "password": factories.PASSWORD}
    return client.post(reverse("account_login"), form)


def by_both(client: Client, user: User, step: int = 0) -> Any:
    asked = by_password(client, factories.with_an_app(user))
    assert asked["Location"] == reverse("mfa_authenticate")
    return client.post(asked["Location"], {"code": code(step)})


def is_signed_in(client: Client) -> bool:
    """Asked on the server, as her next click would."""
    return client.get(reverse("account_logout")).status_code == HTTPStatus.OK
