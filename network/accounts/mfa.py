"""How allauth keeps second factors here: secrets sealed, names in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from network.accounts.models import User
from network.privacy.keys import ring

SITE = "Consilium"
_whose: ContextVar[User | None] = ContextVar("whose secrets", default=None)


def place_of(user_id: int) -> str:
    """Her secret in another's row opens nothing."""
    return f"mfa.authenticator.data:{user_id}"


@contextmanager
def secrets_of(user: User) -> Iterator[None]:
    """Whose they are, where it is not whoever is signed in."""
    before = _whose.set(user)
    try:
        yield
    finally:
        _whose.reset(before)


def _place() -> str:
    """allauth shows us a text, and not the row that it is from."""
    return place_of((_whose.get() or context.request.user).pk)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "This code is not right, or it was used already. Enter the next one."
        ),
        "unverified_email": (
            "Confirm every e-mail address of the account first, or remove it."
        ),
        "add_email_blocked": "Confirm the address that is waiting first.",
    }

    def encrypt(self, text: str) -> str:
        return ring().seal(text, _place())

    def decrypt(self, encrypted_text: str) -> str:
        return ring().open(encrypted_text, _place())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": SITE}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.email}
