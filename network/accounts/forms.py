"""The sign-in forms of allauth in our words: labels above fields, none inside."""

from allauth.account import forms
from allauth.core import context
from django.forms import (
    BaseForm,
    CharField,
    ChoiceField,
    Form,
    RadioSelect,
    TypedChoiceField,
)

from network.accounts.models import Scope

LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "oldpassword": "Current password",
    "password2": "The new password once more",
}
# In a session: where somebody was asked who joins now; she has still to confirm it.
ASKED_AT = "asked-at"
HOW_LONG = "At least 12 characters. A few words in a row are easy to remember."


def put_plainly(form: BaseForm) -> None:
    """Drop placeholders and allauth's hints; say what a new password needs."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = LABELS.get(name, field.label)
        field.help_text = HOW_LONG if name == "password1" else ""


class SignInForm(forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(self)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignUpForm(forms.SignupForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(self)
        self.fields["email"].widget.attrs["autocomplete"] = "username"
        if (request := context.request) is not None:
            self.initial.setdefault("email", request.session.get(ASKED_AT, ""))


class AddAddressForm(forms.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(self)


class ChangePasswordForm(forms.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(self)
        self.fields["password1"].label = "New password"


class SetPasswordForm(forms.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(self)


class ForgottenPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(self)
        self.fields["email"].widget.attrs["autocomplete"] = "username"


class NewPasswordForm(forms.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(self)
        self.fields["password1"].label = "New password"


class ReauthenticateForm(forms.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        put_plainly(self)


class TokenForm(Form):
    name = CharField(
        label="What is it for?",
        max_length=60,
        help_text="So that you know it again: “practice calendar”.",
    )
    days = TypedChoiceField(
        label="Valid for",
        choices=[(30, "30 days"), (90, "90 days"), (365, "one year")],
        coerce=int,
        initial=90,
    )
    scope = ChoiceField(
        label="It may",
        choices=Scope.choices,
        initial=Scope.READ,
        widget=RadioSelect,
    )
