"""Taking along everything that is kept about oneself."""

import base64
from functools import partial

import structlog
from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from home.archive import archive
from home.events import ExportEvent
from home.models import Export
from home.portions import PORTIONS
from network.accounts.actions.closing import lock_account
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.privacy.portions import Portion

MAKE = "home.tasks.make_export"
log = structlog.get_logger(__name__)


@transaction.atomic
def ask_for_export(user: User) -> Export:
    """One at a time: whoever asks again while one waits gets that one."""
    lock_account(user)
    mine = Export.objects.visible_to(user)
    if waiting := mine.waiting().first():
        return waiting
    mine.delete()

    export = Export.objects.create(owner=user, parts=len(PORTIONS))

    record(Actor.of(user), ExportEvent.ASKED, export, audience=[user])
    transaction.on_commit(partial(_hand_over, export.pk))
    return export


def _hand_over(export_id: int) -> None:
    """A broker that is down costs nothing: the timetable finds what waits."""
    try:
        current_app.send_task(MAKE, [export_id])
    except OperationalError:
        log.warning("export_not_enqueued", export=export_id)


def make_export(export_id: int) -> None:
    """Part by part, so that its owner sees how far it is; twice does no harm."""
    waiting = Export.objects.waiting().filter(pk=export_id)
    if (export := waiting.first()) is None:
        return
    everything: Portion = {}
    for number, portion in enumerate(PORTIONS, start=1):
        everything |= portion(export.owner_id)
        _note_progress(export, number)
    _keep(export, archive(everything, timezone.now()))


@transaction.atomic
def _note_progress(export: Export, parts_done: int) -> None:
    Export.objects.filter(pk=export.pk).update(parts_done=parts_done)


@transaction.atomic
def _keep(export: Export, file: bytes) -> None:
    """Sealed until it is fetched."""
    rows = Export.objects.select_for_update().waiting()
    if (kept := rows.filter(pk=export.pk).first()) is None:
        return
    kept.content = base64.b64encode(file).decode()
    kept.made_at = timezone.now()
    kept.save(update_fields=["content", "made_at"])
    record(Actor.system(), ExportEvent.MADE, kept, audience=[kept.owner])


@transaction.atomic
def fetch_export(export: Export, *, by: User) -> bytes | None:
    """The file, once: nothing when it was fetched, or is too old, or not made yet."""
    rows = Export.objects.select_for_update().visible_to(by).fetchable()
    if (kept := rows.filter(pk=export.pk).first()) is None:
        return None
    file = base64.b64decode(kept.content)
    kept.content, kept.fetched_at = "", timezone.now()
    kept.save(update_fields=["content", "fetched_at"])
    record(Actor.of(by), ExportEvent.FETCHED, kept, audience=[by])
    return file


@transaction.atomic
def forget_spent_exports() -> None:
    Export.objects.spent().filter(made_at__isnull=False).delete()
