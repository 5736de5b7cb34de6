"""One server for all that may share it; each test starts with empty tables."""

from collections.abc import Iterator

import pytest

from tests.live.web import Web, in_this_process


@pytest.fixture(scope="session")
def served(django_db_setup: None) -> Iterator[Web]:
    with in_this_process() as web:
        yield web


@pytest.fixture
def web(served: Web, transactional_db: None) -> Web:
    return served
