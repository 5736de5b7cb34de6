"""What somebody who is invited chooses: her password, nothing else."""

from django import forms
from django.contrib.auth.password_validation import validate_password

from network.accounts.forms import HOW_LONG
from network.accounts.models import User


class JoiningForm(forms.Form):
    password = forms.CharField(
        label="Choose a password",
        help_text=HOW_LONG,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, email: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email))
        return password
