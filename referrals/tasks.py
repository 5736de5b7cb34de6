"""Chores of the clock: they may run twice."""

from celery import shared_task

from referrals.actions.offering import count_offers
from referrals.actions.ringing import ring_what_is_due

BATCH = 500


@shared_task
def ring_clocks() -> int:
    """Of a worker that was away for a day each rings once."""
    return ring_what_is_due(BATCH)


@shared_task
def count_recent_offers() -> int:
    """Before the night's listings are built: who was asked most comes later."""
    return count_offers()
