"""Chores: they take an id at most, and may run twice."""

from celery import shared_task

from home.actions import closing, exports
from home.models import Export


@shared_task
def make_export(export_id: int) -> None:
    exports.make_export(export_id)


@shared_task
def make_waiting_exports() -> None:
    """Also those whose worker died, or that no broker ever took."""
    for key in Export.objects.waiting().values_list("pk", flat=True):
        exports.make_export(key)


@shared_task
def forget_spent_exports() -> None:
    exports.forget_spent_exports()


@shared_task
def erase_closed_accounts() -> int:
    return closing.erase_what_is_due()
