from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture
def no_limits_yet(transactional_db: None) -> Iterator[None]:
    """What counts tries is no model's table: a flush between tests leaves it."""
    cache.clear()
    yield
    cache.clear()
