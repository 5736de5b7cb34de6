"""Lists of colleagues: made, named, shared with people by name, and deleted."""

from django.db import transaction

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.events import ListEvent
from network.clinicians.models import Clinician, ColleagueList, ListShare
from network.clinicians.permissions import require, require_on_list


@transaction.atomic
def make_list(name: str, *, owner: Clinician, by: User) -> ColleagueList:
    require("search", by, owner)

    made = ColleagueList(owner=owner)
    made.name = name
    made.save(force_insert=True)

    record(Actor.of(by), ListEvent.MADE, made)
    return made


def locked(wanted: ColleagueList) -> ColleagueList:
    """The shortlist of somebody who never kept one is made here, once."""
    rows = ColleagueList.objects.select_for_update(of=("self",)).select_related("owner")
    if wanted.pk is None:
        ColleagueList.objects.bulk_create([wanted], ignore_conflicts=True)
        return rows.get(owner=wanted.owner, kind=ColleagueList.Kind.SHORTLIST)
    return rows.get(pk=wanted.pk)


@transaction.atomic
def rename_list(named: ColleagueList, name: str, *, by: User) -> None:
    named = locked(named)
    require_on_list("rename a list", by, named)
    if named.name == name:
        return
    named.name = name
    named.save(update_fields=["name"])
    record(Actor.of(by), ListEvent.RENAMED, named)


@transaction.atomic
def delete_list(unwanted: ColleagueList, *, by: User) -> None:
    """With every note on it; the colleagues are not told."""
    unwanted = locked(unwanted)
    require_on_list("delete a list", by, unwanted)
    record(Actor.of(by), ListEvent.DELETED, unwanted)
    unwanted.delete()


@transaction.atomic
def share_list(shared: ColleagueList, reader: Clinician, *, by: User) -> ListShare:
    """Twice is once: she is told the first time."""
    shared = locked(shared)
    require_on_list("share a list", by, shared)
    require("see", by, reader)
    share, is_new = ListShare.objects.get_or_create(list=shared, reader=reader)
    if is_new:
        her = [reader.user] if reader.user else []
        record(Actor.of(by), ListEvent.SHARED, shared, notify=her)
    return share


@transaction.atomic
def end_share(share: ListShare, *, by: User) -> None:
    """By the owner, or by the reader who wants it no more; nobody is told."""
    shared = locked(share.list)
    require_on_list("end a share", by, shared)
    if ListShare.objects.filter(pk=share.pk).delete()[0]:
        record(Actor.of(by), ListEvent.UNSHARED, shared)
