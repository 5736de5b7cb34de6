"""Chores of the clock: they may run twice."""

from celery import shared_task

from messaging.actions import (
    attachments,
    confirming,
    due,
    expiry,
    reminders,
    retention,
    waiting,
)

BATCH = 200


@shared_task
def expire_messages() -> None:
    expiry.expire_messages()


@shared_task
def delete_old_messages() -> None:
    retention.delete_old_messages()


@shared_task
def forget_unsent_files() -> None:
    attachments.forget_unsent()


@shared_task
def tell_waiting() -> int:
    """Notices of what waits, and an end to those of what was read meanwhile."""
    waiting.settle_all_read()
    return waiting.tell_waiting(BATCH)


@shared_task
def tell_reminders() -> int:
    return reminders.tell_reminders(BATCH)


@shared_task
def send_scheduled() -> int:
    """What was to be sent later, and is due."""
    return due.send_scheduled(BATCH)


@shared_task
def mind_confirmations() -> int:
    """Whoever is asked for one is told, and what is missed is passed on."""
    confirming.settle_confirmed()
    confirming.tell_asked(BATCH)
    return confirming.pass_on_missed(BATCH)


@shared_task
def put_away_confirmed() -> int:
    return confirming.put_away_settled(BATCH)
