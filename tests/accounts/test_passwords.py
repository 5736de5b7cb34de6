"""A password is long, not everybody's, and holds no word of this place."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from network.accounts.models import User

REFUSED = [
    "short",
    "password1234",
    "Consilium-2026-now",
    "c0ns1l1um and chairs",
    "CONSILIUMCONSILIUM",
    "my p@ssw0rd is long enough",
    "a therapist in the rain",
    "psychologist-of-the-north",
    "good referral season 7",
]
TAKEN = [
    "a quiet room with two chairs",
    "ärger über 12 grüne Öfen",
    "correct horse battery staple " * 4,
    "🌿🌿🌿 tea, then a walk 🌿🌿🌿",
    "  spaces around it count  ",
]


@pytest.mark.parametrize("password", REFUSED)
def test_what_others_would_try_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", TAKEN)
def test_any_signs_and_any_length_are_taken(password: str) -> None:
    validate_password(password)


def test_the_name_of_the_site_is_refused_too(settings: Settings) -> None:
    settings.SITE_URL = "https://heronhouse.example"

    with pytest.raises(ValidationError, match="heronhouse"):
        validate_password("the heronhouse at dusk")


@pytest.mark.django_db
def test_the_page_says_which_word_to_leave_out(client: Client) -> None:
    form = {"email": "new@consilium.example", "password1": "consilium for ever 9"}

    page = client.post(reverse("account_signup"), form).text

    assert "Leave out “consilium”" in page
    assert not User.objects.exists()
