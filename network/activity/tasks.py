"""Chores: they take an id at most, and may run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from network.activity import actions
from network.activity.anchors import write_anchor
from network.activity.models import Outbox

# By then the task that was enqueued at the commit has had its chance.
GRACE = timedelta(minutes=1)
BATCH = 500


@shared_task
def deliver(event_id: int) -> None:
    actions.deliver_news(event_id)


@shared_task
def sweep_outbox() -> int:
    """Complete what was never handed over, oldest first."""
    owed = Outbox.objects.waiting().filter(created_at__lte=timezone.now() - GRACE)
    events = list(owed.values_list("event_id", flat=True)[:BATCH])
    return sum(actions.deliver_news(event_id) for event_id in events)


@shared_task
def anchor_trail() -> None:
    write_anchor()
