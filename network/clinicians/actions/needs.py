"""Keeping what a client needs: for its owner alone, encrypted, for thirty days."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.events import NeedEvent
from network.clinicians.models import Clinician, SavedNeed
from network.clinicians.permissions import require

Content = Mapping[str, Any]
Change = Callable[[Content], Content]


@transaction.atomic
def save_need(content: Content, *, owner: Clinician, by: User) -> SavedNeed:
    require("search", by, owner)
    saved = SavedNeed(owner=owner)
    saved.content = dict(content)
    saved.save(force_insert=True)
    record(Actor.of(by), NeedEvent.SAVED, saved)
    return saved


@transaction.atomic
def open_need(saved: SavedNeed, *, by: User) -> SavedNeed:
    """Reading it is an action of its own."""
    require("search", by, saved.owner)
    record(Actor.of(by), NeedEvent.OPENED, saved)
    return saved


@transaction.atomic
def change_need(saved: SavedNeed, change: Change, *, by: User) -> SavedNeed:
    """From what it holds once it is locked; DoesNotExist after a discard."""
    saved = _locked(saved)
    require("search", by, saved.owner)
    saved.content, saved.changed_at = dict(change(saved.content)), timezone.now()
    saved.save(update_fields=["content", "changed_at"])
    record(Actor.of(by), NeedEvent.CHANGED, saved)
    return saved


@transaction.atomic
def discard_need(saved: SavedNeed, *, by: User) -> None:
    saved = _locked(saved)
    require("search", by, saved.owner)
    record(Actor.of(by), NeedEvent.DISCARDED, saved)
    saved.delete()


def _locked(saved: SavedNeed) -> SavedNeed:
    return SavedNeed.objects.select_for_update(of=("self",)).get(pk=saved.pk)


@transaction.atomic
def purge_lapsed_needs() -> int:
    """What is older than thirty days goes, with one event for each."""
    lapsed = list(SavedNeed.objects.lapsed().select_for_update(skip_locked=True))
    for saved in lapsed:
        record(Actor.system(), NeedEvent.LAPSED, saved)
        saved.delete()
    return len(lapsed)
