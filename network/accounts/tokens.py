"""Personal tokens: how a program says for whom it asks."""

from django.utils import timezone

from network.accounts.actions.tokens import note_use
from network.accounts.models import ApiToken, User


def authenticate(token: str) -> User | None:
    """Whose token this is, while it is valid and she may sign in."""
    known = valid_token(token)
    return known.user if known else None


def valid_token(token: str) -> ApiToken | None:
    """With what it allows; coming here counts as a use."""
    found = ApiToken.objects.valid(timezone.now()).of(token).first()
    if found is not None:
        note_use(found)
    return found
