"""A listing says what the profile says, and nothing once that is no longer sure."""

import os
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from config import servers
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.membership import suspend_member
from network.clinicians.actions.openings import go_away
from network.clinicians.actions.places import Address, work_at
from network.clinicians.matching import Need, match
from network.clinicians.matching.listing import (
    drifted,
    listed_once,
    rebuild_listings,
    reorder,
)
from network.clinicians.models import (
    Absence,
    Clinician,
    Listing,
    NotForMe,
    SpecialtySkill,
)
from tests.factories import a_colleague, a_staff_member
from tests.matching.population import TODAY, populate, supervise
from tests.servers import SHARED

TOMORROW = timedelta(days=1)


def found(searcher: Clinician, on: date | None = None, **need: Any) -> set[str]:
    answer = match(Need.model_validate(need), searcher=searcher, today=on)
    return {one.name for one in answer.results}


def test_a_licence_that_ends_tonight_is_not_found_tomorrow(ana: Clinician) -> None:
    today = localdate()
    a_colleague("Wren Test", expires_on=today)

    assert found(ana) == {"Wren Test"}
    assert found(ana, today + TOMORROW) == set()


def test_somebody_away_without_cover_is_not_found_then(ana: Clinician) -> None:
    wren = a_colleague("Wren Test")
    today = localdate()
    assert wren.user is not None
    go_away(
        wren,
        coverer=None,
        starts_on=today + TOMORROW,
        ends_on=today + 3 * TOMORROW,
        by=wren.user,
    )

    assert found(ana, today) == {"Wren Test"}
    assert found(ana, today + TOMORROW) == set()
    assert found(ana, today + 4 * TOMORROW) == {"Wren Test"}


def test_before_a_second_absence_the_row_has_to_be_built_anew(ana: Clinician) -> None:
    wren = a_colleague("Wren Test")
    today = localdate()
    for begins in (2, 6):
        day = today + timedelta(days=begins)
        Absence.objects.create(clinician=wren, starts_on=day, ends_on=day)
    rebuild_listings([wren.pk])

    assert found(ana, today + 4 * TOMORROW) == {"Wren Test"}
    assert found(ana, today + 6 * TOMORROW) == set()
    assert found(ana, today + 8 * TOMORROW) == set()

    rebuild_listings([wren.pk], today + 8 * TOMORROW)
    assert found(ana, today + 8 * TOMORROW) == {"Wren Test"}


def test_a_row_of_another_layout_is_never_read(ana: Clinician) -> None:
    wren = a_colleague("Wren Test")
    Listing.objects.filter(pk=wren.pk).update(layout=1)

    assert found(ana) == set()


def test_nobody_is_shown_whom_her_profile_no_longer_vouches_for(ana: Clinician) -> None:
    wren = a_colleague("Wren Test")
    Clinician.objects.filter(pk=wren.pk).update(suspended_at=wren.verified_at)

    assert Listing.objects.get(pk=wren.pk).visible
    assert found(ana) == set()


def test_who_is_left_out_is_not_found(ana: Clinician) -> None:
    wren, lark = a_colleague("Wren Test"), a_colleague("Lark Test")
    practice = lark.places.get().practice

    assert found(ana) == {"Wren Test", "Lark Test"}
    assert found(ana, exclude={"clinicians": [str(wren.public_id)]}) == {"Lark Test"}
    assert found(ana, exclude={"practices": [str(practice.public_id)]}) == {"Wren Test"}
    assert found(wren, exclude={"own_practice": True}) == {"Lark Test"}
    assert found(wren) == {"Lark Test"}


def test_a_block_hides_both_from_each_other(ana: Clinician) -> None:
    wren, lark = a_colleague("Wren Test"), a_colleague("Lark Test")
    assert wren.user is not None
    block_colleague(wren, lark, by=wren.user)

    assert found(wren) == set()
    assert found(lark) == set()
    assert found(ana) == {"Wren Test", "Lark Test"}


def test_what_somebody_does_not_take_on_is_obeyed(ana: Clinician) -> None:
    wren = a_colleague("Wren Test")
    NotForMe.objects.create(clinician=wren, list="risks", term="psychosis")
    rebuild_listings([wren.pk])

    assert found(ana, risk=[{"term": "psychosis"}]) == set()
    assert found(ana, risk=[{"term": "psychosis", "wish": "avoid"}]) == {"Wren Test"}
    assert found(ana, risk=[{"term": "nssi"}]) == {"Wren Test"}


def test_words_are_found_without_case_or_accents(ana: Clinician) -> None:
    a_colleague("Zoë Wren")

    assert found(ana, text="zoe") == {"Zoë Wren"}
    assert found(ana, text="WREN practice") == {"Zoë Wren"}
    assert found(ana, text="wren nowhere") == set()


def test_a_misspelt_name_is_found_by_its_likeness(ana: Clinician) -> None:
    a_colleague("Ines Okafor")
    a_colleague("Wren Lund")

    assert found(ana, text="Okaffor") == {"Ines Okafor"}
    assert found(ana, text="xyzzy") == set()


def test_the_check_names_a_listing_that_drifted(ana: Clinician) -> None:
    wren = a_colleague("Wren Test")
    said = StringIO()
    call_command("rebuild_listings", "--check", stdout=said)
    assert "every listing" in said.getvalue()

    SpecialtySkill.objects.filter(clinician=wren).update(term="adhd")
    with pytest.raises(CommandError, match="1 listings drifted"):
        call_command("rebuild_listings", "--check", stdout=said)
    assert f"clinician {wren.pk}" in said.getvalue()

    call_command("rebuild_listings", stdout=said)
    assert list(drifted([wren.pk], localdate())) == []


def test_of_much_that_is_said_at_once_one_listing_is_made(ana: Clinician) -> None:
    assert ana.user is not None
    with CaptureQueriesContext(connection) as asked, listed_once():
        for zip_code in ("10601", "10605"):
            work_at(ana, [Address("Practice", "1 Elm Street", zip_code)], by=ana.user)

    said = [query["sql"] for query in asked.captured_queries]
    assert sum("INTO clinicians_listing " in sql for sql in said) == 1
    assert list(drifted([ana.pk], localdate())) == []


def test_what_fails_in_between_puts_nothing_off_for_later(ana: Clinician) -> None:
    assert ana.user is not None
    with pytest.raises(LookupError), listed_once():
        raise LookupError

    work_at(ana, [Address("Practice", "1 Elm Street", "10605")], by=ana.user)

    assert list(drifted([ana.pk], localdate())) == []


def test_an_update_rebuilds_whoever_was_written_before_it(ana: Clinician) -> None:
    wren = a_colleague("Wren Test")
    Listing.objects.filter(clinician=wren).update(layout=0)
    assert found(ana) == set()

    said = StringIO()
    call_command("rebuild_listings", "--outdated", stdout=said)
    assert said.getvalue() == "1 listings rebuilt\n"
    assert found(ana) == {"Wren Test"}


def test_a_random_network_does_not_drift(db: None) -> None:
    people = supervise(5, populate(5, 60))
    ids = [one.pk for one in people]

    assert rebuild_listings(ids, TODAY) == 60
    assert list(drifted(ids, TODAY)) == []


@pytest.mark.django_db(transaction=True)
def test_reordering_moves_rows_and_changes_none() -> None:
    people = populate(6, 60)
    ids = [one.pk for one in people]
    rebuild_listings(ids, TODAY)
    without_holes("clinicians_listing")

    with transaction.atomic():
        reorder()

    assert list(drifted(ids, TODAY)) == []
    first = Listing.objects.raw("SELECT * FROM clinicians_listing ORDER BY ctid")
    seen = [one.visible for one in first]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 60


def without_holes(table: str) -> None:
    """Who vacuums may free places in its pages, and what is written would fill them."""
    place = servers.Place(Path(os.environ[SHARED]))
    url = place.database_url(servers.SUPERUSER, connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as superuser:
        superuser.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
        superuser.execute(f"VACUUM (FULL) {table}")


def test_a_search_is_one_statement_and_its_hints_one_more(
    ana: Clinician, django_assert_num_queries: Any
) -> None:
    a_colleague("Wren Test")
    need = Need.model_validate({"specialties": [{"term": "ocd", "wish": "must"}]})
    match(need, searcher=ana)

    with django_assert_num_queries(2):
        match(need, searcher=ana)
    with django_assert_num_queries(1):
        match(Need(), searcher=ana)


@pytest.mark.django_db(transaction=True)
def test_somebody_suspended_is_gone_for_every_later_search(ana: Clinician) -> None:
    staff = a_staff_member()
    flock = [a_colleague(f"Wren {number}") for number in range(6)]
    gone: set[str] = set()

    def suspend() -> None:
        for one in flock:
            suspend_member(one, by=staff, why="complaint")
            gone.add(one.name)
        connection.close()

    editing = Thread(target=suspend)
    editing.start()
    while editing.is_alive():
        before = set(gone)
        assert not found(ana) & before
    editing.join()
    assert found(ana) == set()


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_are_both_in_the_listing(ana: Clinician) -> None:
    wren = a_colleague("Wren Test")

    def learn() -> None:
        with transaction.atomic():
            SpecialtySkill.objects.create(clinician=wren, term="adhd", depth="trained")
            rebuild_listings([wren.pk])
        connection.close()

    with transaction.atomic():
        SpecialtySkill.objects.create(clinician=wren, term="tics", depth="trained")
        rebuild_listings([wren.pk])
        other = Thread(target=learn)
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()
    other.join(60)

    both = [{"term": "adhd", "wish": "must"}, {"term": "tics", "wish": "must"}]
    assert found(ana, specialties=both) == {"Wren Test"}
