"""Chores: they may run twice."""

from celery import shared_task

from network.clients.actions.consents import advance_consents as advance
from network.clients.actions.erasure import forget_erased_clients as forget


@shared_task
def advance_consents() -> int:
    """States follow the calendar; what may be read never waits for them."""
    return advance()


@shared_task
def forget_erased_clients() -> int:
    return forget()
