"""Where allauth lets us in: what it does is recorded here, and only here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest

from network.accounts.actions import sign_in
from network.accounts.models import User


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

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sign_in.note_sign_in(user)

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
            sign_in.note_sign_out(request.user)
        super().logout(request)

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            sign_in.note_verified_email(email_address)
        return confirmed

    def set_password(self, user: User, password: str) -> None:
        sign_in.change_password(user, password)
