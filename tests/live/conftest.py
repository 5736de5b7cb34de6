from collections.abc import Iterator

import pytest

from tests.live.web import Web, in_this_process


@pytest.fixture
def web(transactional_db: None) -> Iterator[Web]:
    with in_this_process() as served:
        yield served
