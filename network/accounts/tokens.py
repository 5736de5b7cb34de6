"""Personal tokens: how a program says for whom it asks."""

from django.utils import timezone

from network.accounts.actions.tokens import note_use
from network.accounts.models import ApiToken, User


def authenticate(token: str) -> User | None:
    """Whose token this is, while it is valid and she may sign in."""
    found = ApiToken.objects.valid(timezone.now()).of(token).first()
    if found is None:
        return None
    note_use(found)
    return found.user
