"""Chores of the clock: they may run twice."""

from celery import shared_task

from messaging.actions import expiry


@shared_task
def expire_messages() -> None:
    expiry.expire_messages()
