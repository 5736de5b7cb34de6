"""What one clinician keeps opens for nobody to whom the row is moved."""

from importlib import import_module

import pytest
from django.db import connection

from network.clinicians.actions.list_entries import (
    Words,
    list_colleague,
    write_on_entry,
)
from network.clinicians.actions.lists import make_list
from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician, ColleagueList, ListEntry, SavedNeed
from network.privacy.keys import Unreadable, ring


@pytest.fixture
def kept(ana: Clinician, ben: Clinician) -> None:
    """A search and a note of Ana's."""
    assert ana.user is not None
    save_need({"need": {"text": "zebrafinch"}}, owner=ana, by=ana.user)
    kept = make_list("zebrafinch", owner=ana, by=ana.user)
    entry = list_colleague(kept, ben, by=ana.user)
    write_on_entry(entry, Words("zebrafinch", ("zebrafinch",)), by=ana.user)


def by_sql(statement: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_search_moved_to_another_owner_is_unreadable(
    kept: None, cleo: Clinician
) -> None:
    by_sql("UPDATE clinicians_savedneed SET owner_id = %s", cleo.pk)

    with pytest.raises(Unreadable):
        SavedNeed.objects.get().content  # noqa: B018 reading is what fails


def test_a_list_moved_to_another_owner_is_unreadable(
    kept: None, cleo: Clinician
) -> None:
    by_sql("UPDATE clinicians_colleaguelist SET owner_id = %s", cleo.pk)

    with pytest.raises(Unreadable):
        ColleagueList.objects.get().name  # noqa: B018 reading is what fails
    with pytest.raises(Unreadable):
        ListEntry.objects.get().note  # noqa: B018 reading is what fails
    with pytest.raises(Unreadable):
        ListEntry.objects.get().tags  # noqa: B018 reading is what fails


def test_an_entry_moved_to_anothers_list_is_unreadable(
    kept: None, cleo: Clinician
) -> None:
    assert cleo.user is not None
    other = make_list("hers", owner=cleo, by=cleo.user)
    by_sql("UPDATE clinicians_listentry SET list_id = %s", other.pk)

    with pytest.raises(Unreadable):
        ListEntry.objects.get().note  # noqa: B018 reading is what fails


def test_a_note_of_a_shortlist_of_old_is_sealed_anew(kept: None) -> None:
    entry = ListEntry.objects.select_related("list").get()
    owner = entry.list.owner_id
    place = f"clinicians.shortlistentry.note:{entry.encryption_id}:{owner}"
    before = ring().seal("of old", place)

    module = "network.clinicians.migrations.0015_shortlists_become_lists"
    after = import_module(module).resealed(before, entry.encryption_id, owner)
    by_sql("UPDATE clinicians_listentry SET note = %s", str(after))

    assert ListEntry.objects.get().note == "of old"
