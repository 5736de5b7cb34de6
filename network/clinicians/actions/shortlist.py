"""Colleagues kept at hand, each with a note for the owner's own eyes."""

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.events import ShortlistEvent
from network.clinicians.models import Clinician, ShortlistEntry
from network.clinicians.permissions import require


@transaction.atomic
def shortlist_colleague(
    colleague: Clinician, *, owner: Clinician, by: User
) -> ShortlistEntry:
    """Twice is once; after a removal the entry comes back with its note."""
    require("search", by, owner)
    entry, is_new = ShortlistEntry.objects.select_for_update().get_or_create(
        owner=owner, colleague=colleague
    )
    if not is_new and entry.removed_at is None:
        return entry
    if not is_new:
        entry.removed_at = None
        entry.save(update_fields=["removed_at"])
    record(Actor.of(by), ShortlistEvent.ADDED, entry)
    return entry


@transaction.atomic
def remove_from_shortlist(entry: ShortlistEntry, *, by: User) -> ShortlistEntry:
    """It can be undone for a day."""
    entry = ShortlistEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    require("search", by, entry.owner)
    if entry.removed_at is None:
        entry.removed_at = timezone.now()
        entry.save(update_fields=["removed_at"])
        record(Actor.of(by), ShortlistEvent.REMOVED, entry)
    return entry


@transaction.atomic
def note_on_shortlist(entry: ShortlistEntry, note: str, *, by: User) -> ShortlistEntry:
    entry = ShortlistEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    require("search", by, entry.owner)
    if entry.note != note:
        entry.note = note
        entry.save(update_fields=["note"])
        record(Actor.of(by), ShortlistEvent.NOTED, entry)
    return entry


@transaction.atomic
def clear_removed_entries() -> int:
    """Removed a day ago and not taken back: now the row and its note go."""
    removed = ShortlistEntry.objects.removed_for_good()
    entries = list(removed.select_for_update(skip_locked=True))
    for entry in entries:
        record(Actor.system(), ShortlistEvent.CLEARED, entry)
        entry.delete()
    return len(entries)
