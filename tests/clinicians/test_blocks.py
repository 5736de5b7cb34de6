"""A block: neither finds the other, anywhere, and nobody tells on the blocker."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from network.accounts.models import User
from network.activity.models import Event, Notification
from network.clinicians.actions import list_entries, lists
from network.clinicians.actions.blocks import block_colleague, unblock_colleague
from network.clinicians.matching import Need, match
from network.clinicians.models import Block, Clinician
from tests.clinicians.test_at_once import again, at_once
from tests.conftest import signed_in
from tests.factories import a_colleague, a_member, shortlist

pytestmark = pytest.mark.django_db
Pair = tuple[Clinician, Clinician]


def her(person: Clinician) -> User:
    assert person.user is not None
    return person.user


@pytest.fixture
def pair() -> Pair:
    """Wren has blocked Lark; both can be found by everybody else."""
    wren, lark = a_colleague("Wren Test"), a_colleague("Lark Test")
    block_colleague(wren, lark, by=her(wren))
    return wren, lark


@pytest.fixture(params=["she who blocks", "she who is blocked"])
def seeking(request: pytest.FixtureRequest, pair: Pair) -> Pair:
    """Who looks, and for whom."""
    return pair if request.param == "she who blocks" else (pair[1], pair[0])


def test_the_search_finds_and_counts_neither(seeking: Pair) -> None:
    who, other = seeking
    found = match(Need(), searcher=who)
    by_name = match(Need(text=other.name), searcher=who)
    among = match(Need(), searcher=who, among=[other.public_id])

    assert [one.name for one in found.results] == []
    assert (found.total.value, by_name.total.value, among.total.value) == (0, 0, 0)
    assert not [one for counts in found.facets.values() for one in counts if one.count]
    assert match(Need(), searcher=a_member()).total.value == 2


def test_no_suggestion_of_names_or_practices_gives_her_away(seeking: Pair) -> None:
    who, other = seeking
    word = other.name.split()[0]

    said = signed_in(who).post("/find/people/", {"exclude-add": word}).content.decode()

    assert word not in said
    assert f"{word} Test Practice" not in said


def test_her_page_is_not_there(seeking: Pair) -> None:
    who, other = seeking
    tab = signed_in(who)

    address = reverse("clinicians:colleague", args=[other.public_id])
    assert tab.get(address).status_code == 404
    assert tab.post(f"{address}block/").status_code == 404


def test_no_list_has_her_and_none_takes_her(seeking: Pair) -> None:
    who, other = seeking
    tab = signed_in(who)

    answer = tab.post(f"/lists/shortlist/{other.public_id}/")

    assert answer.status_code == 404
    assert share(tab, other) == 422


def share(tab: Client, other: Clinician) -> int:
    tab.post("/lists/", {"name": "A list"})
    address = tab.get("/lists/").context["own"][-1].list.get_absolute_url()
    return int(tab.post(f"{address}shares/", {"reader": other.name}).status_code)


def listing(owner: Clinician, *people: Clinician, reader: Clinician) -> Any:
    made = lists.make_list("A list", owner=owner, by=her(owner))
    for person in people:
        list_entries.list_colleague(made, person, by=her(owner))
    lists.share_list(made, reader, by=her(owner))
    return made


def test_on_somebody_elses_shared_list_neither_reads_of_the_other(
    seeking: Pair, ana: Clinician, ben: Clinician
) -> None:
    who, other = seeking
    made = listing(ana, other, ben, reader=who)

    page = signed_in(who).get(f"/lists/{made.public_id}/").content.decode()

    assert "Ben Sparrow" in page
    assert other.name not in page
    assert "1 colleague<" in signed_in(who).get("/lists/").content.decode()


def test_a_list_she_shared_goes_dark_with_a_block(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    made = listing(ana, cleo, reader=ben)
    assert signed_in(ben).get(f"/lists/{made.public_id}/").status_code == 200

    block_colleague(ben, ana, by=her(ben))

    assert signed_in(ben).get(f"/lists/{made.public_id}/").status_code == 404
    assert (
        "Ben Sparrow"
        not in signed_in(ana)
        .get(f"/lists/{made.public_id}/")
        .content.decode()
        .partition("<main")[2]
    )


def test_whom_the_owner_and_the_listed_hide_no_reader_sees_there(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    made = listing(ana, cleo, reader=ben)

    block_colleague(cleo, ana, by=her(cleo))

    page = signed_in(ben).get(f"/lists/{made.public_id}/").content.decode()
    assert "Cleo Wren" not in page


def test_no_sheet_and_no_cover_names_her(seeking: Pair) -> None:
    who, other = seeking
    tab = signed_in(who)
    sheet = tab.post("/lists/handout/", {"person": str(other.public_id)}, follow=True)
    assert other.name not in sheet.content.decode()

    days = {"starts_on": "2099-01-01", "ends_on": "2099-01-02", "coverer": other.name}
    assert tab.post("/profile/away/", days).status_code == 422


def test_nobody_is_told_and_only_her_own_trail_says_it(pair: Pair) -> None:
    wren, lark = pair

    assert Event.objects.about(wren).last().verb == "clinician.blocked"  # type: ignore[union-attr]
    assert not Event.objects.about(lark).filter(verb__contains="block").exists()
    told = Notification.objects.filter(event__verb="clinician.blocked")
    assert not told.exists()
    assert "Lark" in signed_in(wren).get("/profile/blocks/").content.decode()
    assert (
        "Wren Test"
        not in signed_in(lark)
        .get("/profile/blocks/")
        .content.decode()
        .partition("<main")[2]
    )


def test_the_end_of_a_block_brings_both_back(pair: Pair) -> None:
    wren, lark = pair
    unblock_colleague(Block.objects.get(), by=her(wren))

    assert match(Need(), searcher=wren).total.value == 1
    assert match(Need(), searcher=lark).total.value == 1


def test_two_who_block_each_other_stay_apart_until_both_end_it(pair: Pair) -> None:
    wren, lark = pair
    Block.objects.create(blocker=lark, blocked=wren)

    unblock_colleague(Block.objects.get(blocker=wren), by=her(wren))

    assert match(Need(), searcher=wren).total.value == 0


def test_listed_before_gone_after(pair: Pair, ana: Clinician) -> None:
    wren, _ = pair
    list_entries.list_colleague(shortlist(ana), wren, by=her(ana))
    block_colleague(ana, wren, by=her(ana))

    tab = signed_in(ana)
    assert tab.get("/lists/shortlist/").context["entries"].total == 0
    assert tab.get("/find/").status_code == 200
    assert "nobody yet" in tab.get("/lists/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_blocked_three_times_at_once_is_blocked_once() -> None:
    one, other = a_member("One"), a_member("Two")

    def press() -> None:
        fresh, by = again(one)
        block_colleague(fresh, other, by=by)

    at_once(press, press, press)

    assert Block.objects.count() == 1
    assert Event.objects.filter(verb="clinician.blocked").count() == 1
