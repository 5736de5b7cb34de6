"""Has somebody a second factor, and has this session shown it?"""

from types import SimpleNamespace
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache

from network.accounts.models import User

# Recovery codes stand in for one of these; alone they are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
PERIOD = 30


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def has_passed(session: SessionBase, user: User) -> bool:
    """Reads the session and nothing else; a socket may ask as well as a page."""
    return any(one.get("method") == "mfa" for one in ways_in(session, user))


def is_past_the_gate(session: SessionBase, user: User) -> bool:
    return not settings.SECOND_FACTOR_REQUIRED or has_passed(session, user)


def ways_in(session: SessionBase, user: User) -> list[dict[str, Any]]:
    """What this session has shown of its owner, oldest first, as allauth notes it."""
    found: list[dict[str, Any]] = get_authentication_records(
        SimpleNamespace(session=session), user
    )
    return found


def spend(user: User, code: str) -> bool:
    """Whether this code had not been used yet; it counts once, however it is written.

    Remembered for as long as a slow clock may still take it.
    """
    tried = normalize_user_code(code)
    window = PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)
    return bool(cache.add(f"totp-{user.pk}-{tried}", True, window))
