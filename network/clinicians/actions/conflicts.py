"""Keeping a register of conflicts, and looking into those of colleagues blindly."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clinicians.actions.lock import lock
from network.clinicians.conflicts.events import ConflictEvent
from network.clinicians.conflicts.hashes import (
    hash_said,
    hashes_asked,
    hashes_counted,
    hashes_of_family,
    hashes_of_organisation,
    hashes_of_person,
)
from network.clinicians.conflicts.people import Named
from network.clinicians.conflicts.permissions import require
from network.clinicians.models import Clinician, ConflictEntry, Look, NameAsked

MOST_ENTRIES = 200
MOST_NAMES_A_DAY = 10
Kind = ConflictEntry.Kind
# Of each person that was asked for: by what she is known again, and what is compared.
People = Mapping[int, Collection[int]]


class FullRegisterError(Exception):
    """No more than so many are compared with every name."""


class TooManyNamesError(Exception):
    """As many people as one looks up in a day have been looked up."""


@dataclass(frozen=True)
class Draft:
    kind: str
    label: str
    born: int | None = None

    @property
    def hashes(self) -> list[int]:
        if self.kind == Kind.PERSON:
            return hashes_of_person(Named(self.label, self.born))
        is_family = self.kind == Kind.FAMILY
        return (hashes_of_family if is_family else hashes_of_organisation)(self.label)


@transaction.atomic
def keep_conflict(owner: Clinician, draft: Draft, *, by: User) -> ConflictEntry:
    lock(owner)
    require("keep a conflict", by, owner)
    if ConflictEntry.objects.visible_to(owner).count() >= MOST_ENTRIES:
        raise FullRegisterError

    entry = ConflictEntry.objects.create(
        owner=owner,
        kind=draft.kind,
        label=draft.label,
        born=str(draft.born or ""),
        hashes=draft.hashes,
    )

    record(Actor.of(by), ConflictEvent.KEPT, owner)
    return entry


@transaction.atomic
def remove_conflict(entry: ConflictEntry, *, by: User) -> None:
    """Pressed twice it is gone once."""
    lock(entry.owner)
    require("remove a conflict", by, entry.owner)
    gone, _ = ConflictEntry.objects.filter(pk=entry.pk).delete()
    if gone:
        record(Actor.of(by), ConflictEvent.REMOVED, entry.owner)


@transaction.atomic
def ask_names(asker: Clinician, names: Iterable[Named]) -> dict[int, list[int]]:
    """As hashes, in the transaction of what they are asked for; the names are not kept.
    Locks the asker: of two at once the second counts what the first has asked.
    """
    named = list(names)
    people = {hash_said(one): hashes_asked(one) for one in named}
    counted = {number for one in named for number in hashes_counted(one)}
    lock(asker)
    now = timezone.now()
    NameAsked.objects.old(now).delete()
    today = NameAsked.objects.within_a_day(now).filter(asker=asker)
    known = set(today.values_list("name", flat=True))
    if len(known | counted) > MOST_NAMES_A_DAY:
        raise TooManyNamesError

    new = [NameAsked(asker=asker, name=one) for one in counted - known]
    NameAsked.objects.bulk_create(new)
    return people


@transaction.atomic
def look_for_overlaps(people: People, owners: Collection[int]) -> set[int]:
    """In whose registers somebody of these may be. Whatever is found, the same is asked
    of the database and written to it.
    """
    overlaps = compare(people, owners)
    today = timezone.localdate()
    Look.objects.bulk_create(
        Look(owner_id=owner, on=today, is_overlap=owner in overlaps)
        for owner in sorted(owners)
    )
    return overlaps


def compare(people: People, owners: Collection[int]) -> set[int]:
    """Without a trace: only for who was looked up a moment ago, in case it changed."""
    wanted = {one for hashes in people.values() for one in hashes}
    entries = ConflictEntry.objects.filter(owner__in=owners)
    kept = list(entries.values_list("owner", "hashes"))
    return {owner for owner, hashes in kept if wanted.intersection(hashes)}


def tell_of_overlaps() -> int:
    """Of yesterday, once each: later than the asking, so that nobody can tell from the
    hour who it was. How many were told.
    """
    NameAsked.objects.old(timezone.now()).delete()
    looks = Look.objects.before(timezone.localdate())
    owners = Clinician.objects.filter(pk__in=looks.overlaps()).order_by("pk")
    told = one_by_one(owners, _tell)
    looks.filter(is_overlap=False).delete()
    return told


@transaction.atomic
def _tell(owner: Clinician) -> bool:
    """Twice is once: what was told of is forgotten with it."""
    lock(owner)
    looks = Look.objects.before(timezone.localdate()).filter(owner=owner)
    is_news = bool(looks.overlaps())
    looks.delete()
    if owner.user is None or not is_news:
        return False
    record(Actor.system(), ConflictEvent.OVERLAPPED, owner, notify=[owner.user])
    return True
