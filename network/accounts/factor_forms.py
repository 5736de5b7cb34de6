"""The forms of the second factor in our words; a code counts once, here too."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.forms import BaseForm

from network.accounts.actions import factors
from network.accounts.mfa import secrets_of
from network.accounts.second_factor import spend

NO_CREDENTIAL = "The browser sent no passkey. Try again, or choose another way."


def put_plainly(form: BaseForm, label: str, hint: str) -> None:
    field = form.fields["code"]
    field.label, field.help_text = label, hint
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    field.error_messages["required"] = "Enter the code."


class _Code:
    """Refuses what was used before and leaves every failure in the trail."""

    user: Any
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(
            self,  # type: ignore[arg-type]
            "Code",
            "Six digits from the app, or eight of a recovery code.",
        )

    def clean_code(self) -> str:
        try:
            with secrets_of(self.user):
                code: str = super().clean_code()  # type: ignore[misc]
            self._spend(code)
        except ValidationError as refusal:
            # Who tries too often is refused unheard, and floods no trail.
            if refusal.code == "incorrect_code":
                factors.note_failed_code(self.user)
            raise
        return code

    def _spend(self, code: str) -> None:
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            factors.note_recovery_code(self.user)
        elif not spend(self.user, code):
            raise get_adapter().validation_error("incorrect_code")


class CodeForm(_Code, base.AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(_Code, base.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateAppForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The code that proves the app opens nothing else afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(self, "Code", "The six digits that the app shows now.")

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not spend(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class _Passkey:
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = NO_CREDENTIAL


class PasskeySignInForm(_Passkey, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyForm(_Passkey, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(PasskeyForm):
    reauthenticated = True


def name_plainly(form: BaseForm) -> None:
    form.fields["name"].label = "Name"
    form.fields["name"].help_text = "So that you know it again: “phone”, “desk”."


class AddPasskeyForm(_Passkey, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_plainly(self)
        self.fields["name"].required = False
        self.fields.pop("passwordless", None)


class RenamePasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_plainly(self)
