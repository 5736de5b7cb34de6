"""What one clinician keeps opens for nobody to whom the row is moved."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from network.clinicians.actions.needs import save_need
from network.clinicians.actions.shortlist import note_on_shortlist, shortlist_colleague
from network.clinicians.models import Clinician, SavedNeed, ShortlistEntry
from network.privacy.keys import Unreadable, ring


@pytest.fixture
def kept(ana: Clinician, ben: Clinician) -> None:
    """A search and a note of Ana's."""
    assert ana.user is not None
    save_need({"need": {"text": "zebrafinch"}}, owner=ana, by=ana.user)
    entry = shortlist_colleague(ben, owner=ana, by=ana.user)
    note_on_shortlist(entry, "zebrafinch", by=ana.user)


def by_sql(statement: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_search_moved_to_another_owner_is_unreadable(
    kept: None, cleo: Clinician
) -> None:
    by_sql("UPDATE clinicians_savedneed SET owner_id = %s", cleo.pk)

    with pytest.raises(Unreadable):
        SavedNeed.objects.get().content  # noqa: B018 reading is what fails


def test_a_note_moved_to_another_owner_is_unreadable(
    kept: None, cleo: Clinician
) -> None:
    by_sql("UPDATE clinicians_shortlistentry SET owner_id = %s", cleo.pk)

    with pytest.raises(Unreadable):
        ShortlistEntry.objects.get().note  # noqa: B018 reading is what fails


def test_what_was_sealed_before_is_bound_to_its_owner(kept: None) -> None:
    entry = ShortlistEntry.objects.get()
    place = f"clinicians.shortlistentry.note:{entry.encryption_id}"
    sealed = ring().seal("of old", place)
    by_sql("UPDATE clinicians_shortlistentry SET note = %s", sealed)
    SavedNeed.objects.all().delete()

    module = "network.clinicians.migrations.0006_sealed_for_their_owners"
    import_module(module).bind_to_owners(apps, connection.schema_editor())

    assert ShortlistEntry.objects.get().note == "of old"
