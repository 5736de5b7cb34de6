"""Two people who sign in; the trail knows nothing of professions."""

import pytest

from network.accounts.agreements import stamp
from network.accounts.models import User


@pytest.fixture
def kim(db: None) -> User:
    return User.objects.create_user("kim@example.org", agreed_to=stamp())


@pytest.fixture
def lou(db: None) -> User:
    return User.objects.create_user("lou@example.org", agreed_to=stamp())
