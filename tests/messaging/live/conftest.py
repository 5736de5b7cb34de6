"""A conversation that has just begun."""

import pytest

from messaging.actions.conversations import start_conversation
from messaging.models import Conversation
from network.clinicians.models import Clinician
from tests.messaging.live.lines import user_of


@pytest.fixture
def room(
    transactional_db: None, ana: Clinician, ben: Clinician, dana: Clinician
) -> Conversation:
    """Of Ana with Ben and Dana, in which nobody has written."""
    by = user_of(ana)
    return start_conversation(ana, [ben, dana], title="Circle", by=by)
