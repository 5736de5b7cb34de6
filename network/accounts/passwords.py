"""What a password must not be, and those that an operator sets or hands over."""

import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError


def generated() -> str:
    return secrets.token_urlsafe(18)


def checked(password: str) -> str:
    try:
        validate_password(password)
    except ValidationError as refusal:
        raise CommandError(" ".join(refusal.messages)) from refusal
    return password


# What anybody would try first here.
WORDS = (
    *("consilium", "passwor", "clinician", "clinical", "referral", "supervision"),
    *("psychotherap", "psycholog", "psychiatr", "therapist", "counselor", "counsellor"),
)
# A digit that stands for a letter; “1” may be an i or an l, so these are one.
IN_DISGUISE = str.maketrans("01i!3457@$", "ollleastas")


class ContextWordsValidator:
    """Refuses words of this place, also when digits stand for letters."""

    def validate(self, password: str, user: object = None) -> None:
        plain = _plain(password)
        if found := [word for word in sorted(_words()) if _plain(word) in plain]:
            raise ValidationError(
                f"Leave out “{found[0]}”: who guesses would try such words first.",
                code="password_context_word",
            )

    def get_help_text(self) -> str:
        return "It holds no word of this site, nor of the profession."


def _plain(text: str) -> str:
    return text.lower().translate(IN_DISGUISE)


def _words() -> Iterator[str]:
    """Those above, and the name of the site where it says something."""
    yield from WORDS
    host = (urlsplit(settings.SITE_URL).hostname or "").split(".")
    yield from (part for part in host if len(part) > 4 and part != "localhost")
