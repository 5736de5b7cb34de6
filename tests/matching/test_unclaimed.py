"""Those nobody vouches for come after the matches, unscored and marked."""

from typing import Any

import pytest
from django.utils import timezone

from network.clinicians.matching import Matches, Need, match
from network.clinicians.models import Clinician, Licence, RegistryEntry
from tests.conftest import signed_in
from tests.factories import a_colleague
from tests.matching.test_api import ask


@pytest.fixture
def registry(db: None) -> list[RegistryEntry]:
    near = {"zip": "10601", "city": "White Plains", "state": "NY"}
    far = {"zip": "90210", "city": "Beverly Hills", "state": "CA"}
    people = [
        ("1000000001", "Near Licensed", near, ["NY"], "woman"),
        ("1000000002", "Near Unlicensed", near, ["CA"], "man"),
        ("1000000003", "Far Licensed", far, ["CA", "NY"], ""),
    ]
    return [
        RegistryEntry.objects.create(
            npi=npi,
            name=name,
            profession="psychologist",
            taxonomies=["103TC0700X"],
            licence_states=states,
            gender=gender,
            imported_at=timezone.now(),
            **where,
        )
        for npi, name, where, states, gender in people
    ]


def search(searcher: Clinician, **need: Any) -> Matches:
    return match(
        Need.model_validate({"include_unclaimed": True, **need}), searcher=searcher
    )


def names(found: Matches) -> list[str]:
    return [one.name for one in found.unclaimed]


def test_nobody_unclaimed_is_listed_unasked(
    ana: Clinician, registry: list[RegistryEntry]
) -> None:
    assert search(ana, include_unclaimed=False).unclaimed == ()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            {"mode": "in_person", "zip": "10583", "radius_miles": 15},
            ["Near Licensed"],
        ),
        ({"mode": "telehealth", "state": "NY"}, ["Near Licensed", "Far Licensed"]),
        ({"mode": "either", "zip": "10583"}, ["Near Licensed", "Far Licensed"]),
        (None, ["Near Licensed", "Near Unlicensed", "Far Licensed"]),
    ],
)
def test_they_are_listed_by_place_and_licence(
    ana: Clinician,
    registry: list[RegistryEntry],
    place: dict[str, Any] | None,
    expected: list[str],
) -> None:
    found = search(ana, **({"place": place} if place else {}))

    assert names(found) == expected


def test_gender_counts_only_where_it_is_known(
    ana: Clinician, registry: list[RegistryEntry]
) -> None:
    found = search(ana, gender={"term": "woman", "wish": "must"})

    assert names(found) == ["Near Licensed", "Far Licensed"]


def test_they_are_found_by_name_and_left_out_by_id(
    ana: Clinician, registry: list[RegistryEntry]
) -> None:
    far = str(registry[2].public_id)

    assert names(search(ana, text="licensed far")) == ["Far Licensed"]
    assert names(search(ana, exclude={"clinicians": [far]})) == [
        "Near Licensed",
        "Near Unlicensed",
    ]


def test_a_claimed_or_closed_entry_is_not_listed(
    ana: Clinician, registry: list[RegistryEntry]
) -> None:
    Clinician.objects.filter(pk=ana.pk).update(
        npi="1000000001", npi_bound_at=timezone.now()
    )
    registry[1].deactivated_on = timezone.localdate()
    registry[1].save()

    assert names(search(ana)) == ["Far Licensed"]


def test_pages_go_from_matches_to_the_imported_to_the_registry(
    ana: Clinician, registry: list[RegistryEntry]
) -> None:
    for number in range(3):
        a_colleague(f"Wren {number}")
    imported = Clinician.objects.create(name="Imported", profession="counselor")
    Licence.objects.create(clinician=imported, state="NY")

    seen, cursor, sizes = [], None, []
    while True:
        found = search(ana, limit=2, cursor=cursor)
        page = [*(one.name for one in found.results), *names(found)]
        seen += page
        sizes.append(len(page))
        cursor = found.next
        if cursor is None:
            break

    assert sorted(seen[:3]) == ["Wren 0", "Wren 1", "Wren 2"]
    assert seen[3:] == ["Imported", *(one.name for one in registry)]
    assert sizes == [2, 2, 2, 1]


def test_programs_see_them_marked_and_without_a_score(
    ana: Clinician, registry: list[RegistryEntry]
) -> None:
    answer = ask(signed_in(ana), {"include_unclaimed": True}).json()

    assert answer["total"]["value"] == 0
    assert answer["results"][0]["unclaimed"] is True
    assert "not verified" in answer["results"][0]["note"]
    assert "score" not in answer["results"][0]


@pytest.mark.parametrize(("ends", "listed"), [("2020-01-01", False), (None, True)])
def test_an_imported_person_whose_licence_is_over_is_out_of_reach(
    ana: Clinician, ends: str | None, listed: bool
) -> None:
    person = Clinician.objects.create(name="Juniper Test", profession="psychologist")
    Licence.objects.create(clinician=person, state="NY", expires_on=ends)

    found = search(ana, place={"mode": "telehealth", "state": "NY"})

    assert names(found) == (["Juniper Test"] if listed else [])
