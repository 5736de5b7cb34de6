"""A shortlist is its owner's: adding, noting, removing, and taking that back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.activity.models import Event
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.shortlist import clear_removed_entries
from network.clinicians.models import Clinician, ShortlistEntry
from tests.conftest import signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def tab(ana: Clinician) -> Client:
    return signed_in(ana)


def send(tab: Client, name: str, person: Clinician, **data: Any) -> Any:
    address = reverse(f"clinicians:shortlist_{name}", args=[person.public_id])
    return tab.post(address, data)


def shown(tab: Client) -> list[str]:
    page = tab.get(reverse("clinicians:shortlist"))
    return [entry.colleague.name for entry in page.context["entries"]]


def test_a_colleague_comes_onto_the_list_once(tab: Client, ben: Clinician) -> None:
    send(tab, "entry", ben)
    send(tab, "entry", ben)

    assert shown(tab) == ["Ben Sparrow"]
    entry = ShortlistEntry.objects.get()
    assert [event.verb for event in Event.objects.about(entry)] == ["shortlist.added"]


def test_the_button_answers_with_its_other_side(tab: Client, ben: Clinician) -> None:
    address = reverse("clinicians:shortlist_entry", args=[ben.public_id])

    content = tab.post(address, {}, headers=HTMX).content.decode()

    assert 'aria-pressed="true"' in content
    assert reverse("clinicians:shortlist_removal", args=[ben.public_id]) in content
    assert "(1)" in content
    assert "Ben Sparrow is on your shortlist." in content


def test_a_removal_can_be_undone_with_its_note(tab: Client, ben: Clinician) -> None:
    send(tab, "entry", ben)
    send(tab, "note", ben, note="answers within a day")
    send(tab, "removal", ben)
    page = tab.get(reverse("clinicians:shortlist")).content.decode()
    assert shown(tab) == []
    assert "put Ben Sparrow back" in page

    send(tab, "entry", ben)

    assert shown(tab) == ["Ben Sparrow"]
    assert ShortlistEntry.objects.get().note == "answers within a day"


def test_a_day_later_the_removal_is_for_good(tab: Client, ben: Clinician) -> None:
    send(tab, "entry", ben)
    send(tab, "removal", ben)
    assert clear_removed_entries() == 0

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert clear_removed_entries() == 1
    assert not ShortlistEntry.objects.exists()


def test_a_note_is_sealed_and_hers_alone(
    tab: Client, ben: Clinician, cleo: Clinician
) -> None:
    send(tab, "entry", ben)
    send(tab, "note", ben, note="zebrafinch")

    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM clinicians_shortlistentry")
        assert "zebrafinch" not in cursor.fetchone()[0]
    assert "zebrafinch" not in str(list(Event.objects.values()))
    others = signed_in(cleo)
    assert shown(others) == []
    assert send(others, "note", ben, note="mine now").status_code == 404
    assert send(others, "removal", ben).status_code == 404
    assert ShortlistEntry.objects.get().note == "zebrafinch"


def test_nobody_lists_herself_the_unverified_or_the_blocked(
    tab: Client, ana: Clinician, ben: Clinician, finn: Clinician
) -> None:
    assert ben.user is not None
    block_colleague(ben, ana, by=ben.user)

    for person in (ana, ben, finn):
        assert send(tab, "entry", person).status_code == 404
    assert not ShortlistEntry.objects.exists()


def test_whoever_blocks_her_disappears_from_her_list(
    tab: Client, ana: Clinician, ben: Clinician
) -> None:
    send(tab, "entry", ben)
    assert ben.user is not None

    block_colleague(ben, ana, by=ben.user)

    assert shown(tab) == []


@pytest.mark.parametrize("address", ["https://else.example/", "//else.example"])
def test_the_way_back_never_leads_elsewhere(
    address: str, tab: Client, ben: Clinician
) -> None:
    answer = send(tab, "entry", ben, next=address)

    assert answer["Location"] == reverse("clinicians:shortlist")


def test_a_profile_leads_onto_the_shortlist(tab: Client, ben: Clinician) -> None:
    page = tab.get(reverse("clinicians:colleague", args=[ben.public_id]))

    address = reverse("clinicians:shortlist_entry", args=[ben.public_id])
    assert f'action="{address}"' in page.content.decode()


def test_the_sheets_address_alone_leads_to_the_shortlist(ana: Clinician) -> None:
    answer = signed_in(ana).get("/shortlist/handout/")

    assert (answer.status_code, answer["Location"]) == (302, "/shortlist/")
