"""Facets and relaxations are what counting everybody would give."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given

from network.clinicians.matching import Match, Matches, Need, match
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician
from tests.matching import oracle
from tests.matching.population import TODAY, a_need, populate, supervise
from tests.matching.test_oracle import SEARCHES, needs


@pytest.fixture
def people(db: None) -> list[Clinician]:
    made = supervise(3, populate(3, 80))
    rebuild_listings([one.pk for one in made], TODAY)
    return sorted(oracle.everybody(), key=lambda one: one.pk)


def found_by(need: dict[str, Any], searcher: Clinician) -> Matches:
    return match(Need.model_validate(need), searcher=searcher, today=TODAY)


@SEARCHES
@given(need=needs())
def test_a_facet_counts_the_matches_that_have_it(
    people: list[Clinician], need: dict[str, Any]
) -> None:
    everybody = [one.clinician for one in oracle.search(need, people[0], TODAY, people)]

    facets = found_by(need, people[0]).facets

    expected: dict[str, Callable[[Clinician, str], bool]] = {
        "gender": lambda who, term: oracle.shown(who, "gender") and who.gender == term,
        "age_group": lambda who, term: term in who.age_groups,
        "participants": lambda who, term: term in who.participants,
        "format": lambda who, term: term in who.formats,
        "acuity": lambda who, term: who.acuity_min <= int(term) <= oracle.highest(who),
        "payment": lambda who, term: term in oracle.listed_when("payers", who),
    }
    for criterion, has in expected.items():
        for count in facets[criterion]:
            assert count.count == sum(has(who, count.term) for who in everybody)
    for name, _, wish in oracle.wishes(need):
        term = wish.get("term")
        if term and name in ("specialties", "approaches"):
            counts = {count.term: count.count for count in facets[name]}
            assert counts[term] == sum(
                oracle.holds(name, wish, need, who, TODAY) for who in everybody
            )


@SEARCHES
@given(need=needs())
def test_a_relaxation_yields_what_the_softer_need_finds(
    people: list[Clinician], need: dict[str, Any]
) -> None:
    found = found_by(need, people[0])

    musts = [
        path for _, path, wish in oracle.wishes(need) if wish.get("wish") == "must"
    ]
    if found.total.value >= 20:
        assert found.relaxations == ()
        return
    changes = {(one.path, one.change): one for one in found.relaxations}
    assert {path for path, change in changes if change == "prefer"} == set(musts)
    for (path, change), one in changes.items():
        softer = soften(need, path, change)
        expected = len(oracle.search(softer, people[0], TODAY, people))
        assert (one.yields, one.capped) == (min(expected, 100), expected > 100), path


def soften(need: dict[str, Any], path: str, change: str) -> dict[str, Any]:
    softer: dict[str, Any] = json.loads(json.dumps(need))
    at: Any = softer
    for step in path.strip("/").split("/"):
        at = at[int(step)] if isinstance(at, list) else at[step]
    if change == "radius":
        at["radius_miles"] = 2 * at.get("radius_miles", 15)
    else:
        at["wish"] = "prefer"
    return softer


def test_more_than_a_hundred_are_counted_no_further(db: None) -> None:
    people = populate(4, 330)
    rebuild_listings([one.pk for one in people], TODAY)
    need = {"specialties": [{"term": "hoarding", "wish": "must"}]}

    found = found_by(need, people[0])

    assert found.total.value == 0
    assert [(r.path, r.yields, r.capped) for r in found.relaxations] == [
        ("/specialties/0", 100, True)
    ]


@SEARCHES
@given(need=needs())
def test_pages_put_together_are_the_whole(
    people: list[Clinician], need: dict[str, Any]
) -> None:
    whole = found_by({**need, "limit": 100}, people[0]).results

    paged: list[Match] = []
    cursor = None
    while True:
        page = found_by({**need, "limit": 7, "cursor": cursor}, people[0])
        paged += page.results
        cursor = page.next
        if cursor is None:
            break

    assert paged == list(whole)
    assert found_by({**need, "limit": 100}, people[0]).results == whole


def test_equals_are_ordered_by_few_offers_and_then_by_lot(
    people: list[Clinician],
) -> None:
    need: dict[str, Any] = {"limit": 100}
    order = [one.clinician_id for one in found_by(need, people[0]).results]
    by_id = {one.public_id: one for one in people}
    offers = [by_id[one].recent_offers for one in order]

    assert offers == sorted(offers)
    assert order != sorted(order, key=lambda one: (by_id[one].recent_offers, one.hex))
    other = {"limit": 100, "kind": "transfer"}
    assert [one.clinician_id for one in found_by(other, people[0]).results] != order


def test_a_cursor_is_good_for_its_own_need_and_person_alone(
    people: list[Clinician],
) -> None:
    from network.clinicians.matching import StaleCursorError

    cursor = found_by({"limit": 5}, people[0]).next
    assert cursor is not None

    with pytest.raises(StaleCursorError):
        found_by({"limit": 5, "cursor": cursor, "kind": "cover"}, people[0])
    with pytest.raises(StaleCursorError):
        found_by({"limit": 5, "cursor": cursor}, people[1])
    with pytest.raises(StaleCursorError):
        found_by({"limit": 5, "cursor": cursor[:-1]}, people[0])


def test_random_needs_cover_every_criterion() -> None:
    asked = {name for seed in range(60) for name in a_need(Random(seed))}  # noqa: S311

    assert asked >= {"place", "payment", "openings", "style", "specialties", "weights"}
