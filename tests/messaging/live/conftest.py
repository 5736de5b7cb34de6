"""One server for all that may share it, and a conversation that has just begun."""

from collections.abc import Iterator

import pytest

from messaging.actions.conversations import start_conversation
from messaging.models import Conversation
from network.clinicians.models import Clinician
from tests.live.web import Web, in_this_process
from tests.messaging.live.lines import user_of


@pytest.fixture(scope="session")
def chatting(django_db_setup: None) -> Iterator[Web]:
    with in_this_process() as web:
        yield web


@pytest.fixture
def web(chatting: Web, transactional_db: None) -> Web:
    return chatting


@pytest.fixture
def room(
    transactional_db: None, ana: Clinician, ben: Clinician, dana: Clinician
) -> Conversation:
    """Of Ana with Ben and Dana, in which nobody has written."""
    by = user_of(ana)
    return start_conversation(ana, [ben, dana], title="Circle", by=by)
