"""Chores: they take an id at most, and may run twice."""

from contextlib import suppress

from celery import shared_task

from network.activity import actions
from network.activity.letters import MailServerAwayError
from network.activity.push.actions import push_due, push_news

BATCH = 200


@shared_task
def deliver(event_id: int) -> None:
    """A mail server that is away is asked again by the sweep."""
    push_news(event_id)
    with suppress(MailServerAwayError):
        actions.deliver_news(event_id)


@shared_task
def sweep_outbox() -> int:
    """Complete what was never handed over or has failed, the longest due first."""
    return actions.sweep(BATCH)


@shared_task
def send_held() -> int:
    """Digests, and what quiet hours kept back."""
    return actions.send_held(BATCH)


@shared_task
def push_what_is_due() -> int:
    """To devices: what quiet hours held back, and what was not taken."""
    return push_due(BATCH)


@shared_task
def anchor_trail() -> None:
    actions.anchor_trail()
