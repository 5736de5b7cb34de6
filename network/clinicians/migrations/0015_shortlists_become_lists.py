"""Each shortlist becomes a list; its notes are sealed for their new name."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from network.privacy.fields import Sealed
from network.privacy.keys import ring

BEFORE, AFTER = "clinicians.shortlistentry.note", "clinicians.listentry.note"


def onto_lists(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    entries = apps.get_model("clinicians", "shortlistentry").objects
    lists = apps.get_model("clinicians", "colleaguelist").objects
    for owner in _owners(entries):
        shortlist = lists.create(owner_id=owner, kind="shortlist")
        for entry in entries.filter(owner_id=owner):
            entry.list = shortlist
            entry.confirmed_on = timezone.localdate(entry.added_at)
            entry.note = resealed(entry.__dict__["note"], entry.encryption_id, owner)
            entry.save(update_fields=["list", "confirmed_on", "note"])


def resealed(note: str, row: object, owner: int) -> Sealed:
    words = ring().open(note, f"{BEFORE}:{row}:{owner}")
    return Sealed(ring().seal(words, f"{AFTER}:{row}:{owner}"))


def _owners(entries: object) -> Iterator[int]:
    owners = entries.order_by("owner_id").distinct()  # type: ignore[attr-defined]
    yield from owners.values_list("owner_id", flat=True)


class Migration(migrations.Migration):
    dependencies = [("clinicians", "0014_lists_beside_the_shortlist")]
    operations = [migrations.RunPython(onto_lists, elidable=True)]
