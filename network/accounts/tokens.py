"""Personal tokens: how a program says for whom it asks."""

from collections.abc import Collection

from django.utils import timezone

from network.accounts.actions.tokens import note_use
from network.accounts.models import ApiToken, User, digest


def authenticate(token: str) -> User | None:
    """Whose token this is, while it is valid and she may sign in."""
    known = valid_token(token)
    return known.user if known else None


def valid_token(token: str) -> ApiToken | None:
    """With what it allows."""
    return next(iter(valid_tokens([digest(token)])), None)


def valid_tokens(digests: Collection[str]) -> list[ApiToken]:
    """Coming here counts as a use."""
    valid = ApiToken.objects.valid(timezone.now()).select_related("user")
    found = list(valid.filter(digest__in=digests))
    for token in found:
        note_use(token)
    return found
