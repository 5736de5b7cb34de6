"""Chores: they may run twice."""

from celery import shared_task

from network.accounts.actions.sessions import purge_spent_sessions


@shared_task
def forget_spent_sessions() -> None:
    purge_spent_sessions()
