"""The one list that everybody has: adding, noting, removing, taking that back."""

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
from network.clinicians.actions.list_entries import clear_removed_entries
from network.clinicians.models import Clinician, ColleagueList, ListEntry
from tests.conftest import signed_in

HTMX = {"HX-Request": "true"}
PAGE = "/lists/shortlist/"


@pytest.fixture
def tab(ana: Clinician) -> Client:
    return signed_in(ana)


def address(name: str, person: Clinician) -> str:
    return reverse(f"clinicians:list_{name}", args=["shortlist", person.public_id])


def send(tab: Client, name: str, person: Clinician, **data: Any) -> Any:
    return tab.post(address(name, person), data)


def shown(tab: Client) -> list[str]:
    entries = tab.get(PAGE).context["entries"].entries
    return [entry.colleague.name for entry in entries]


def test_a_colleague_comes_onto_the_list_once(tab: Client, ben: Clinician) -> None:
    send(tab, "entry", ben)
    send(tab, "entry", ben)

    assert shown(tab) == ["Ben Sparrow"]
    entry = ListEntry.objects.get()
    assert [event.verb for event in Event.objects.about(entry)] == ["list.entry_added"]


def test_looking_at_an_empty_shortlist_makes_none(tab: Client) -> None:
    assert shown(tab) == []
    tab.get("/lists/")

    assert not ColleagueList.objects.exists()


def test_the_button_answers_with_its_other_side(tab: Client, ben: Clinician) -> None:
    content = tab.post(address("entry", ben), {}, headers=HTMX).content.decode()

    assert 'aria-pressed="true"' in content
    assert address("entry_removal", ben) in content
    assert "(1)" in content
    assert "Ben Sparrow is on your shortlist." in content


def test_a_removal_can_be_undone_with_its_note(tab: Client, ben: Clinician) -> None:
    send(tab, "entry", ben)
    send(tab, "entry_words", ben, note="answers within a day", tags="quick")
    send(tab, "entry_removal", ben)
    assert shown(tab) == []
    assert "put Ben Sparrow back" in tab.get(PAGE).content.decode()

    send(tab, "entry", ben)

    assert shown(tab) == ["Ben Sparrow"]
    entry = ListEntry.objects.get()
    assert (entry.note, entry.tags) == ("answers within a day", ["quick"])


def test_a_day_later_the_removal_is_for_good(tab: Client, ben: Clinician) -> None:
    send(tab, "entry", ben)
    send(tab, "entry_removal", ben)
    assert clear_removed_entries() == 0

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert clear_removed_entries() == 1
    assert not ListEntry.objects.exists()


def test_words_are_sealed_and_hers_alone(
    tab: Client, ben: Clinician, cleo: Clinician
) -> None:
    tab.post("/lists/", {"name": "zebrafinch"})
    send(tab, "entry", ben)
    send(tab, "entry_words", ben, note="zebrafinch", tags="zebrafinch, quick")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e::text FROM clinicians_listentry e UNION "
            "SELECT l::text FROM clinicians_colleaguelist l"
        )
        kept = str(cursor.fetchall())
    assert "zebrafinch" not in kept
    assert "zebrafinch" not in str(list(Event.objects.values()))
    others = signed_in(cleo)
    assert shown(others) == []
    assert send(others, "entry_words", ben, note="mine now").status_code == 404
    assert send(others, "entry_removal", ben).status_code == 404
    assert ListEntry.objects.get().note == "zebrafinch"


def test_nobody_lists_herself_the_unverified_or_the_blocked(
    tab: Client, ana: Clinician, ben: Clinician, finn: Clinician
) -> None:
    assert ben.user is not None
    block_colleague(ben, ana, by=ben.user)

    for person in (ana, ben, finn):
        assert send(tab, "entry", person).status_code == 404
    assert not ListEntry.objects.exists()


def test_whoever_blocks_her_disappears_from_her_list(
    tab: Client, ana: Clinician, ben: Clinician
) -> None:
    send(tab, "entry", ben)
    assert ben.user is not None

    block_colleague(ben, ana, by=ben.user)

    assert shown(tab) == []


@pytest.mark.parametrize("elsewhere", ["https://else.example/", "//else.example"])
def test_the_way_back_never_leads_elsewhere(
    elsewhere: str, tab: Client, ben: Clinician
) -> None:
    assert send(tab, "entry", ben, next=elsewhere)["Location"] == PAGE


def test_a_profile_leads_onto_the_shortlist(tab: Client, ben: Clinician) -> None:
    page = tab.get(reverse("clinicians:colleague", args=[ben.public_id]))

    assert f'action="{address("entry", ben)}"' in page.content.decode()


def test_the_sheets_address_alone_leads_to_the_shortlist(ana: Clinician) -> None:
    answer = signed_in(ana).get("/lists/handout/")

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
