"""The sweep of what is old, beside another and beside who writes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from messaging.actions.retention import delete_old_messages, keep_for
from messaging.models import Message
from network.activity.models import Event
from network.clinicians.models import Clinician
from tests.factories import a_conversation
from tests.messaging.saying import boxed, her, kept, log_of
from tests.messaging.test_log_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_sweeps_delete_once_while_somebody_writes(
    dana: Clinician, ana: Clinician
) -> None:
    circle = a_conversation(dana, ana)
    for _ in range(20):
        kept(boxed(ana, circle))
    long_ago = timezone.now() - timedelta(days=40)
    Message.objects.filter(conversation=circle).update(at=long_ago)
    keep_for(circle, 30, by=her(dana))

    def write() -> int:
        kept(boxed(ana, circle, b"of today"))
        return 0

    deleted = sum(together([delete_old_messages, delete_old_messages, write]))

    assert deleted == 20
    log = log_of(circle)
    assert [row.seq for row in log] == list(range(1, len(log) + 1))
    words = [bytes(row.body) for row in log if row.body is not None]
    assert words == [b"of today"]
    assert Event.objects.filter(verb="conversation.messages_deleted").count() == 1
