"""The lists as data: numbered, well formed, without silent collisions."""

import re
from collections import defaultdict

import pytest

from network.clinicians.vocabulary import (
    LISTS,
    ambiguities,
    groups,
    label,
    normalise,
    slugs,
    term,
    terms,
)
from network.clinicians.vocabulary.index import names

SLUG = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
ICD10 = re.compile(r"[A-Z]\d\d(?:\.\w+)?(?:-[A-Z]\d\d(?:\.\w+)?|-\.\d)?")

FROM_THE_TABLE = (
    "EFT PE CPT ED PD ASD SAD DD SA SM PDD IED EDS MST ART SP MI HRT CFT PDT ACT FND "
    "MFT TRD trauma-informed eclectic reunification"
)

FIXED = {
    "depths": "interest trained certified consults teaches",
    "age_groups": "infant child tween teen young-adult adult older-adult elder",
    "participants": "individual couple family parents group dyad",
    "formats": "in_person video phone text home-visit walk-and-talk intensive group",
    "genders": "woman man nonbinary trans-woman trans-man genderqueer agender other",
    "kinds": "transfer adjunct cover evaluation consultation",
    "compacts": "psypact-apit psypact-tap counseling social-work",
    "language_levels": "native full conversational",
    "reasons": "specialty severity approach preference location availability conflict",
    "styles": "directive structured present homework challenging silence humour "
    "self-disclosure",
    "levels_of_care": "self-help outpatient twice-weekly iop php crisis residential "
    "inpatient act recovery-housing school-based in-home",
}


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_terms_in_known_groups(name: str) -> None:
    assert terms(name)
    assert {each.group for each in terms(name)} == set(groups(name))
    assert all(each.list == name and each.label for each in terms(name))


@pytest.mark.parametrize("name", LISTS)
def test_slugs_are_unique_and_well_formed(name: str) -> None:
    found = [each.slug for each in terms(name)]
    assert len(found) == len(set(found)) == len(slugs(name))
    assert all(SLUG.fullmatch(slug) for slug in found)


@pytest.mark.parametrize("name", LISTS)
def test_numbers_are_unique_and_leave_no_room_to_be_guessed(name: str) -> None:
    numbers = [each.number for each in terms(name)]
    assert numbers == sorted(set(numbers))
    assert min(numbers) == 0
    assert max(numbers) < 256


@pytest.mark.parametrize("name", LISTS)
def test_merged_and_broader_terms_exist(name: str) -> None:
    for each in terms(name):
        assert each.merged_into is None or each.merged_into in slugs(name)
        assert (each.merged_into is None) == (each.status == "active")
        assert set(each.broader) <= slugs(name) - {each.slug}


@pytest.mark.parametrize("name", LISTS)
def test_no_name_means_two_terms_of_a_list_unless_it_asks(name: str) -> None:
    meant = defaultdict(set)
    for each in terms(name):
        for phrase, _ in names(each):
            meant[normalise(phrase)].add(each.slug)
    shared = {phrase for phrase, found in meant.items() if len(found) > 1}
    assert shared <= set(ambiguities())


@pytest.mark.parametrize("name", FIXED)
def test_slugs_that_others_build_on_are_as_agreed(name: str) -> None:
    assert list(FIXED[name].split()) == [each.slug for each in terms(name)]


def test_labels_are_unique_within_a_list() -> None:
    for name in LISTS:
        labels = [each.label for each in terms(name)]
        assert len(labels) == len(set(labels)), name


def test_a_term_is_found_by_its_slug_and_an_unknown_one_is_a_key_error() -> None:
    assert label("specialties", "ocd") == "OCD"
    assert term("languages", "es").label == "Spanish"
    with pytest.raises(KeyError):
        term("specialties", "no-such-thing")


def test_the_week_has_twenty_eight_slots_and_the_union_its_places() -> None:
    assert len(terms("slots")) == 28
    assert {"mon-morning", "sat-midday", "sun-evening"} <= slugs("slots")
    assert len(terms("states")) == 56
    assert {"NY", "DC", "PR", "GU"} <= slugs("states")


def test_diagnosis_anchors_are_codes() -> None:
    anchors = [code for each in terms("specialties") for code in each.icd10]
    assert len(anchors) > 100
    assert [code for code in anchors if not ICD10.fullmatch(code)] == []


@pytest.mark.parametrize("short", FROM_THE_TABLE.split())
def test_every_known_ambiguity_is_listed_with_its_meanings(short: str) -> None:
    ambiguity = ambiguities()[normalise(short)]
    assert len(ambiguity.choices) >= 2
    assert all(each.label for each in ambiguity.choices)


def test_meanings_of_ambiguities_are_terms_with_cues() -> None:
    for ambiguity in ambiguities().values():
        for each in ambiguity.choices:
            assert each.cues
            assert each.list is None or each.slug in slugs(each.list)


def test_words_that_say_too_little_cannot_be_required() -> None:
    assert not term("approaches", "eclectic").requirable
    assert not term("approaches", "trauma-informed-care").requirable
    assert term("approaches", "cbt").requirable
