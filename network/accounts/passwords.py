"""Passwords that an operator sets or hands over."""

import secrets

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
