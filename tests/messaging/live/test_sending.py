"""What is acknowledged is kept, and everybody in the room hears it once, in order."""

import pytest

from messaging.models import Conversation, Message
from network.clinicians.models import Clinician
from tests.live.web import Web
from tests.messaging.live.lines import line_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_ana_sends_is_acknowledged_and_heard_by_all_three(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    with (
        line_of(web, ana, room) as anas,
        line_of(web, ben, room) as bens,
        line_of(web, dana, room) as danas,
    ):
        lines = (anas, bens, danas)
        for line in lines:
            line.subscribe(since=room.last_seq)
        seq = anas.sent("Good morning")

        events = [line.hear("event") for line in (bens, danas)]
    assert Message.objects.get(kind="message").seq == seq == room.last_seq + 1
    for event in events:
        assert (event["seq"], event["body"]) == (seq, "Good morning")
        assert event["sender"] == {"id": str(ana.public_id), "name": "Ana Heron"}
