"""Chores of the clock: they may run twice."""

from celery import shared_task

from referrals.actions.guest_letters import send_guest_letters
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


@shared_task
def mail_guests() -> int:
    """What a crash has left owed goes out with the next sweep."""
    return send_guest_letters()
