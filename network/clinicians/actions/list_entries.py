"""Colleagues on a list, each with words for the owner's own eyes."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.lists import locked
from network.clinicians.events import ListEvent
from network.clinicians.models import Clinician, ColleagueList, ListEntry
from network.clinicians.permissions import require, require_on_list


@dataclass(frozen=True)
class Words:
    """What the owner writes; readers of a shared list see the note by her tick only."""

    note: str = ""
    tags: tuple[str, ...] = ()
    is_note_shared: bool = False


@transaction.atomic
def list_colleague(
    wanted: ColleagueList, colleague: Clinician, *, by: User
) -> ListEntry:
    """Twice is once; after a removal the entry comes back with its words."""
    require("search", by, wanted.owner)
    kept = locked(wanted)
    require_on_list("keep a list", by, kept)
    if colleague == kept.owner:
        raise PermissionDenied("nobody lists herself")
    entry, is_new = ListEntry.objects.get_or_create(list=kept, colleague=colleague)
    if not is_new and entry.removed_at is None:
        return entry
    if not is_new:
        entry.removed_at = None
        entry.save(update_fields=["removed_at"])
    record(Actor.of(by), ListEvent.ENTRY_ADDED, entry)
    return entry


@transaction.atomic
def remove_entry(entry: ListEntry, *, by: User) -> ListEntry:
    """It can be undone for a day."""
    entry = _locked(entry)
    require_on_list("keep a list", by, entry.list)
    if entry.removed_at is None:
        entry.removed_at = timezone.now()
        entry.save(update_fields=["removed_at"])
        record(Actor.of(by), ListEvent.ENTRY_REMOVED, entry)
    return entry


@transaction.atomic
def write_on_entry(entry: ListEntry, words: Words, *, by: User) -> ListEntry:
    entry = _locked(entry)
    require_on_list("keep a list", by, entry.list)
    if _words(entry) == words:
        return entry
    entry.note, entry.tags = words.note, list(words.tags)
    if bool(entry.note_shared_at) != words.is_note_shared:
        entry.note_shared_at = timezone.now() if words.is_note_shared else None
    entry.save(update_fields=["note", "tags", "note_shared_at"])
    record(Actor.of(by), ListEvent.ENTRY_NOTED, entry)
    return entry


@transaction.atomic
def confirm_entry(entry: ListEntry, *, by: User) -> ListEntry:
    """What the list says of the colleague still holds today."""
    entry = _locked(entry)
    require_on_list("keep a list", by, entry.list)
    if entry.confirmed_on != timezone.localdate():
        entry.confirmed_on = timezone.localdate()
        entry.save(update_fields=["confirmed_on"])
        record(Actor.of(by), ListEvent.ENTRY_CONFIRMED, entry)
    return entry


@transaction.atomic
def clear_removed_entries() -> int:
    """Removed a day ago and not taken back: now the row and its words go."""
    removed = ListEntry.objects.removed_for_good()
    entries = list(removed.select_for_update(skip_locked=True))
    for entry in entries:
        record(Actor.system(), ListEvent.ENTRY_CLEARED, entry)
        entry.delete()
    return len(entries)


def _locked(entry: ListEntry) -> ListEntry:
    rows = ListEntry.objects.select_for_update(of=("self",))
    return rows.select_related("list__owner").get(pk=entry.pk)


def _words(entry: ListEntry) -> Words:
    return Words(entry.note, tuple(entry.tags or ()), entry.note_shared_at is not None)
