"""Keeping words apart from the trail, and for good losing what shall be lost."""

import logging
from collections.abc import Collection
from functools import partial
from uuid import UUID

from django.db import Error, models, transaction
from django.utils import timezone

from network.activity.actors import Actor
from network.activity.models import Event
from network.activity.reasons import Reason
from network.activity.recorder import record
from network.privacy import data_keys, reasons
from network.privacy.events import KeyEvent
from network.privacy.keystore import tombstones
from network.privacy.keystore.actions import bury
from network.privacy.keystore.models import DestroyedKey, WrappedKey
from network.privacy.models import Destruction, ReasonWords

log = logging.getLogger(__name__)


@transaction.atomic
def keep_words(event: Event, words: str) -> ReasonWords:
    """In the transaction of the event whose reason they are."""
    if not reasons.are_of(event, words):
        raise ValueError("these are not the words whose hash the event has")
    return ReasonWords.objects.create(event_id=event.public_id, words=words)


@transaction.atomic
def forget_words(subject: models.Model) -> None:
    """Whatever explains the events about it: of somebody who is forgotten."""
    about = Event.objects.about(subject).values("public_id")
    ReasonWords.objects.filter(event_id__in=about).delete()


@transaction.atomic
def destroy_keys(
    scope: str,
    *,
    by: Actor,
    why: str | Reason,
    only: Collection[UUID] | None = None,
) -> int:
    """What they have sealed is lost for good, in every backup too; how many they were:
    every one of the scope, or only those.

    Once this is committed they are destroyed: at once, or by the sweep, or before
    the next start. First close whatever is still sealed under the scope: another
    process may hold a key for half a minute.
    """
    rows = WrappedKey.objects.filter(scope=scope)
    rows = rows if only is None else rows.filter(pk__in=only)
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return 0
    destruction = Destruction.objects.create(scope=scope, keys=keys)

    detail: dict[str, str | int] = {"scope": scope, "keys": len(keys)}
    record(by, KeyEvent.DESTROYED, destruction, why=why, detail=detail)
    transaction.on_commit(partial(_complete_soon, destruction))
    return len(keys)


def _complete_soon(destruction: Destruction) -> None:
    """At once, unless the keystore or the disk is away: then the sweep does it."""
    try:
        _complete(destruction)
    except (OSError, Error):
        log.warning("destruction_waits", extra={"destruction": destruction.pk})


def complete_destructions() -> int:
    """What was committed, and cut off before it was done."""
    waiting = list(Destruction.objects.waiting())
    for destruction in waiting:
        _complete(destruction)
    return len(waiting)


def _complete(destruction: Destruction) -> None:
    """May run again: the file comes first, and that it is done comes last."""
    tombstones.inscribe(destruction.gone)
    bury(destruction.gone)
    data_keys.forget(destruction.keys)
    Destruction.objects.filter(pk=destruction.pk).update(done_at=timezone.now())


def replay_destroyed_keys() -> int:
    """How many were there again: a database may have been restored to a day before."""
    complete_destructions()
    buried = dict(DestroyedKey.objects.values_list("key_id", "scope"))
    known, told = tombstones.inscribed(), Destruction.objects.all_gone()
    gone = {**buried, **known, **told}

    tombstones.inscribe({key: gone[key] for key in gone.keys() - known.keys()})
    data_keys.forget_all()
    return bury(gone)
