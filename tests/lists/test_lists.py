"""Lists with names: made, filled, read by tag, shared by name, deleted."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.actions import list_entries, lists
from network.clinicians.actions.list_entries import Words
from network.clinicians.models import Clinician, ColleagueList, ListEntry, ListShare
from network.clinicians.permissions import allowed_on_list
from tests.clinicians.test_at_once import again, at_once
from tests.conftest import signed_in
from tests.factories import a_colleague, a_member, shortlist

KEEP = {"keep a list", "share a list", "end a share"}
OWN = KEEP | {"rename a list", "delete a list"}


def her(person: Clinician) -> User:
    assert person.user is not None
    return person.user


@pytest.fixture
def gotos(ana: Clinician, ben: Clinician) -> ColleagueList:
    """Ben is on Ana's list, with a note and tags."""
    made = lists.make_list("perinatal go-to", owner=ana, by=her(ana))
    entry = list_entries.list_colleague(made, ben, by=her(ana))
    words = Words("rings back", ("perinatal", "Sees couples"))
    list_entries.write_on_entry(entry, words, by=her(ana))
    return made


def page(person: Clinician, shown: ColleagueList, **asked: Any) -> Any:
    return signed_in(person).get(f"/lists/{shown.public_id}/", asked)


def text(person: Clinician, address: str) -> str:
    return signed_in(person).get(address).content.decode()


def verbs(subject: Any) -> list[str]:
    return [event.verb for event in Event.objects.about(subject)]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("ana", OWN),
        ("cleo", {"end a share"}),
        ("dana", set()),
        ("finn", set()),
        ("staff", set()),
    ],
)
def test_who_may_do_what_to_a_list(
    who: str, may: set[str], request: pytest.FixtureRequest, gotos: ColleagueList
) -> None:
    cleo = request.getfixturevalue("cleo")
    lists.share_list(gotos, cleo, by=her(gotos.owner))
    person = request.getfixturevalue(who)
    user = person if isinstance(person, User) else her(person)

    assert allowed_on_list(user, gotos) == may
    assert allowed_on_list(user, shortlist(gotos.owner)) == (
        KEEP if who == "ana" else set()
    )


def test_a_list_is_made_named_and_deleted(ana: Clinician) -> None:
    tab = signed_in(ana)
    tab.post("/lists/", {"name": "  OCD  "})
    made = ColleagueList.objects.get()
    assert (made.name, made.owner) == ("OCD", ana)
    address = f"/lists/{made.public_id}/"
    assert tab.post("/lists/", {"name": ""}).status_code == 422

    tab.post(f"{address}name/", {"name": "OCD with tics"})
    tab.post(f"{address}name/", {"name": "OCD with tics"})
    assert "OCD with tics" in tab.get("/lists/").content.decode()
    assert tab.post(f"{address}name/", {"name": ""}).status_code == 422

    assert (
        "are deleted" in tab.post(f"{address}deletion/", follow=True).content.decode()
    )
    assert verbs(made) == ["list.made", "list.renamed", "list.deleted"]
    assert tab.get(address).status_code == 404


def test_the_shortlist_keeps_its_name_and_stays(ana: Clinician, ben: Clinician) -> None:
    tab = signed_in(ana)
    list_entries.list_colleague(shortlist(ana), ben, by=her(ana))

    assert tab.post("/lists/shortlist/deletion/").status_code == 403
    assert tab.post("/lists/shortlist/name/", {"name": "x"}).status_code == 403
    assert ListEntry.objects.count() == 1


def test_the_same_colleague_stands_on_several_lists(
    ana: Clinician, ben: Clinician, gotos: ColleagueList
) -> None:
    list_entries.list_colleague(shortlist(ana), ben, by=her(ana))

    assert text(ana, "/lists/").count("1 colleague") == 2
    said = text(ana, f"/clinicians/{ben.public_id}/")
    assert said.count('aria-pressed="true"') == 2


def test_a_tag_shows_whom_it_stands_on_and_no_address_says_it(
    ana: Clinician, gotos: ColleagueList
) -> None:
    other = a_colleague("Able Wren")
    list_entries.list_colleague(gotos, other, by=her(ana))

    def names(**asked: Any) -> list[str]:
        entries = page(ana, gotos, **asked).context["entries"].entries
        return [entry.colleague.name for entry in entries]

    assert names() == ["Ben Sparrow", "Able Wren"]
    assert names(order="name") == ["Able Wren", "Ben Sparrow"]
    assert names(tag="0") == ["Ben Sparrow"]
    for nonsense in ("9", "-1", "x", "9" * 50, "٣"):
        assert len(names(tag=nonsense, order=nonsense)) == 2
    addresses = page(ana, gotos).content.decode().split('href="')[1:]
    assert not [one for one in addresses if "perinatal" in one.partition('"')[0]]


def test_words_are_tidied_and_written_once(
    ana: Clinician, gotos: ColleagueList
) -> None:
    tab, entry = signed_in(ana), ListEntry.objects.get()
    address = reverse(
        "clinicians:list_entry_words", args=[gotos.public_id, entry.colleague.public_id]
    )
    words = {"note": " rings back ", "tags": "a,A ,, b  c," + "x" * 99}
    tab.post(address, words)
    tab.post(address, words)

    entry = ListEntry.objects.get()
    assert (entry.note, entry.tags) == ("rings back", ["a", "b c", "x" * 40])
    assert verbs(entry) == ["list.entry_added", *["list.entry_noted"] * 2]


def test_a_word_is_confirmed_with_one_tap(ana: Clinician, gotos: ColleagueList) -> None:
    ListEntry.objects.update(confirmed_on=date(2026, 3, 5))
    assert "Last confirmed by you in March 2026" in page(ana, gotos).content.decode()
    ben = ListEntry.objects.get().colleague
    address = reverse(
        "clinicians:list_entry_confirmation", args=[gotos.public_id, ben.public_id]
    )

    with time_machine.travel("2026-11-20T12:00Z"):
        for _ in range(2):
            signed_in(ana).post(address)

    assert ListEntry.objects.get().confirmed_on == date(2026, 11, 20)
    assert verbs(ListEntry.objects.get())[2:] == ["list.entry_confirmed"]


def share(owner: Clinician, shown: ColleagueList, name: str) -> int:
    address = f"/lists/{shown.public_id}/shares/"
    return signed_in(owner).post(address, {"reader": name}).status_code


def test_a_list_is_shared_by_name_and_the_reader_is_told_once(
    ana: Clinician, cleo: Clinician, gotos: ColleagueList
) -> None:
    assert share(ana, gotos, "cleo wren") == 302
    assert share(ana, gotos, "Cleo Wren") == 302

    event = Event.objects.get(verb="list.shared")
    assert [one.person for one in event.notifications.all()] == [her(cleo)]
    assert "A colleague shares a list" in text(cleo, "/notifications/")
    assert "perinatal go-to" in text(cleo, "/lists/")


def test_whom_she_may_not_see_she_cannot_share_with(
    ana: Clinician, finn: Clinician, gotos: ColleagueList
) -> None:
    a_member("Twin Name")
    a_member("Twin Name")
    for name in ("Finn Crane", "Ana Heron", "Nobody", "", "Twin Name"):
        assert share(ana, gotos, name) == 422
    assert not ListShare.objects.exists()


def test_a_reader_sees_names_tags_and_ticked_notes_and_changes_nothing(
    ana: Clinician, ben: Clinician, cleo: Clinician, gotos: ColleagueList
) -> None:
    lists.share_list(gotos, cleo, by=her(ana))
    seen = page(cleo, gotos).content.decode()
    assert "Ben Sparrow" in seen
    assert "Sees couples" in seen
    assert "rings back" not in seen

    entry = ListEntry.objects.get()
    words = Words("rings back", ("perinatal",), is_note_shared=True)
    list_entries.write_on_entry(entry, words, by=her(ana))
    assert "rings back" in page(cleo, gotos).content.decode()

    tab, address = signed_in(cleo), f"/lists/{gotos.public_id}/"
    person = f"{ben.public_id}/"
    for door in ("name/", "deletion/", "shares/", person, f"{person}removal/",
                 f"{person}words/", f"{person}confirmation/"):  # fmt: skip
        answer = tab.post(address + door, {"name": "x", "reader": "Ana Heron"})
        assert answer.status_code == 404, door
    assert ListEntry.objects.get().note == "rings back"


def test_an_outsider_finds_no_list(cleo: Clinician, gotos: ColleagueList) -> None:
    assert page(cleo, gotos).status_code == 404
    assert "perinatal go-to" not in text(cleo, "/lists/")


def test_nobody_reads_about_herself(
    ana: Clinician, ben: Clinician, gotos: ColleagueList
) -> None:
    lists.share_list(gotos, ben, by=her(ana))

    seen = page(ben, gotos).content.decode()
    assert "Sees couples" not in seen
    assert "Nobody yet." in seen


def test_taking_it_back_ends_the_reading_at_once(
    ana: Clinician, cleo: Clinician, dana: Clinician, gotos: ColleagueList
) -> None:
    for reader in (cleo, dana):
        lists.share_list(gotos, reader, by=her(ana))
    end = f"/lists/{gotos.public_id}/shares/%s/end/"

    assert signed_in(dana).post(end % cleo.public_id).status_code == 404
    assert page(cleo, gotos).status_code == 200
    signed_in(ana).post(end % cleo.public_id)
    assert page(cleo, gotos).status_code == 404

    signed_in(dana).post(end % dana.public_id)
    assert page(dana, gotos).status_code == 404
    assert verbs(gotos)[-2:] == ["list.unshared"] * 2


def test_only_its_owner_shares_and_deletes(
    ana: Clinician, cleo: Clinician, dana: Clinician, gotos: ColleagueList
) -> None:
    lists.share_list(gotos, cleo, by=her(ana))
    for refused in (
        lambda: lists.share_list(gotos, dana, by=her(cleo)),
        lambda: lists.delete_list(gotos, by=her(cleo)),
        lambda: lists.rename_list(gotos, "mine", by=her(cleo)),
        lambda: list_entries.list_colleague(gotos, dana, by=her(cleo)),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_colleagues_page_says_on_which_lists_she_stands(
    ana: Clinician, ben: Clinician, cleo: Clinician, gotos: ColleagueList
) -> None:
    lists.share_list(gotos, cleo, by=her(ana))
    address = f"/clinicians/{ben.public_id}/"

    assert "On a list that Ana Heron shares with you" in text(cleo, address)
    assert "perinatal go-to" in text(ana, address)


def test_a_result_says_on_which_lists_it_stands(
    ana: Clinician, cleo: Clinician, gotos: ColleagueList
) -> None:
    wren = a_colleague("Wren Test")
    list_entries.list_colleague(gotos, wren, by=her(ana))
    lists.share_list(gotos, cleo, by=her(ana))

    for person, words in (
        (ana, "on your list “perinatal go-to”"),
        (cleo, "on a list that Ana Heron shares with you"),
    ):
        tab = signed_in(person)
        found = tab.post("/find/", {"words": "ocd"}, follow=True).content.decode()
        assert "Wren Test" in found
        assert words in found


@pytest.mark.django_db(transaction=True)
def test_three_presses_at_once_make_one_shortlist_one_entry_one_share() -> None:
    owner, colleague = a_member("One"), a_member("Two")

    def press() -> None:
        fresh, by = again(owner)
        kept = list_entries.list_colleague(shortlist(fresh), colleague, by=by)
        lists.share_list(kept.list, colleague, by=by)

    at_once(press, press, press)

    assert ColleagueList.objects.filter(owner=owner).count() == 1
    assert ListEntry.objects.count() == 1
    assert ListShare.objects.count() == 1
    assert Event.objects.filter(verb="list.shared").count() == 1
