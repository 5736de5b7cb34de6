"""Where allauth lets us in: what it does is recorded here, and only here."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest

from network.accounts.actions import sign_in
from network.accounts.models import User
from network.accounts.second_factor import has_factor, ways_in

# Addresses that a mail is about, and that hear of it themselves.
ABOUT = ("deleted_email", "from_email", "to_email")
IN_WORDS = {
    "reauthenticate": "Enter the password",
    "mfa_reauthenticate": "Enter a code of the app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Each hook does what allauth does, and leaves it in the trail with it."""

    @transaction.atomic
    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: BaseForm,
        commit: bool = True,
    ) -> User:
        saved: User = super().save_user(request, user, form, commit)
        sign_in.note_sign_up(saved)
        return saved

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whoever is invited comes by a page of her own, open or not."""
        return bool(settings.SIGN_UP_OPEN)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sign_in.note_sign_in(user, by=said(ways_in(request.session, user)))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuses whoever has tried too often, before any password is looked at."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            sign_in.note_held_back(credentials.get("email", ""))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        sign_in.note_failed_sign_in(credentials.get("email", ""))

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            sign_in.sign_out(request.user)
        super().logout(request)

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            sign_in.note_verified_email(email_address)
            self.send_notification_mail(
                "account/email/email_confirm",
                email_address.user,
                {"email": email_address.email},
            )
        return confirmed

    def set_password(self, user: User, password: str) -> None:
        sign_in.change_password(user, password)

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:
        """The first second factor may follow a sign-in that is fresh."""
        request = context.request
        if app == "allauth.mfa" and not has_factor(request.user):
            return not is_fresh(ways_in(request.session, request.user))
        return True

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [{**way, "description": IN_WORDS[way["id"]]} for way in methods]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """To every confirmed address, and to those that this is about."""
        said = context or {}
        about = {str(said[name]) for name in ABOUT if said.get(name)}
        about |= {email} if email else set()
        known = EmailAddress.objects.filter(user=user, verified=True)
        own = set(known.values_list("email", flat=True)) - {said.get("email")}
        for address in sorted(own | about):
            super().send_notification_mail(template_prefix, user, context, address)


def said(ways: list[dict[str, Any]]) -> str:
    """In the trail: `password mfa:totp`."""
    named = [f"{way['method']}:{way.get('type', '')}".rstrip(":") for way in ways]
    return " ".join(dict.fromkeys(named))


def is_fresh(ways: list[dict[str, Any]]) -> bool:
    last = max((way["at"] for way in ways), default=0)
    return time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
