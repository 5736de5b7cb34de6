"""Chips, phrases, answers and ways out: small functions, said by example."""

from datetime import date
from typing import Any

import pytest

from network.clinicians.forms.find_chips import (
    chips_of,
    relaxed,
    with_term,
    with_wish,
    without,
)
from network.clinicians.forms.find_facts import opening_fact
from network.clinicians.forms.find_labels import short_label
from network.clinicians.forms.find_phrases import (
    DAYS,
    PARTS,
    place_phrase,
    slots_phrase,
)
from network.clinicians.forms.find_words import (
    answered,
    identifier_kinds,
    identifier_words,
    merged,
    notes_of,
    questions_of,
    sure_need,
)
from network.clinicians.reading import read

NEED: dict[str, Any] = {
    "specialties": [{"term": "ocd", "wish": "must"}, {"term": "tics"}],
    "approaches": [{"term": "cbt", "wish": "avoid"}],
    "age_group": {"term": "young-adult", "wish": "must"},
    "place": {"zip": "10583", "radius_miles": 15, "state": "NY", "mode": "either"},
}
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        (["tue-evening", "thu-evening"], "Tue & Thu evening"),
        ([f"{day}-evening" for day in DAYS[:5]], "weekday evenings"),
        ([f"{day}-evening" for day in DAYS], "evenings"),
        ([f"{day}-{part}" for day in DAYS[5:] for part in PARTS], "Sat & Sun any time"),
        (["sat-morning", "sat-midday"], "Sat morning & midday"),
        (["sat-morning", "tue-evening"], "Sat morning, Tue evening"),
        ([], ""),
    ],
)
def test_slots_are_said_as_a_colleague_would(slots: list[str], words: str) -> None:
    assert slots_phrase(slots) == words


def test_a_place_is_a_circle_or_a_screen() -> None:
    assert place_phrase(NEED["place"]) == "≤15 mi of 10583 or telehealth NY"
    assert place_phrase({"mode": "telehealth", "state": "NJ"}) == "telehealth NJ"


def test_colleagues_say_erp() -> None:
    assert short_label("approaches", "erp") == "ERP"
    assert short_label("specialties", "ocd") == "OCD"
    assert short_label("specialties", "tics") == "Tics and Tourette"


def test_each_criterion_is_one_chip() -> None:
    chips = {chip.key: (chip.label, chip.word) for chip in chips_of(NEED)}

    assert chips == {
        "specialties/ocd": ("OCD", "must"),
        "specialties/tics": ("Tics and Tourette", "prefer"),
        "approaches/cbt": ("CBT", "not"),
        "age_group": ("Young adults (18-25)", "must"),
        "place": ("≤15 mi of 10583 or telehealth NY", "prefer"),
    }


def test_a_chip_turns_round_its_wishes() -> None:
    turned = [chip.next_wish for chip in chips_of(NEED)]

    assert turned == ["prefer", "avoid", "must", "prefer", "must"]


def test_a_chip_changes_its_own_criterion_and_no_other() -> None:
    changed = with_wish(NEED, "specialties/tics", "must")

    assert changed["specialties"][1] == {"term": "tics", "wish": "must"}
    assert changed["specialties"][0] == NEED["specialties"][0]
    assert without(NEED, "specialties/ocd")["specialties"] == [{"term": "tics"}]
    assert "approaches" not in without(NEED, "approaches/cbt")
    assert "place" not in without(NEED, "place")
    assert with_wish(NEED, "gender", "must") == NEED
    assert without(NEED, "nothing/there") == NEED


def test_a_term_comes_once() -> None:
    again = with_term(NEED, "specialties", "ocd")

    assert [one["term"] for one in again["specialties"]] == ["tics", "ocd"]
    assert with_term(NEED, "age_group", "teen")["age_group"]["term"] == "teen"


def test_a_way_out_softens_one_must_or_doubles_the_circle() -> None:
    softer = relaxed(NEED, "/specialties/0", "prefer")["specialties"]
    assert [one.get("wish") for one in softer] == ["prefer", None]
    assert relaxed(NEED, "/age_group", "prefer")["age_group"]["wish"] == "prefer"
    assert relaxed(NEED, "/place", "radius")["place"]["radius_miles"] == 30
    assert relaxed(NEED, "/faith", "prefer") == NEED


def test_an_ambiguous_abbreviation_asks_and_the_answer_becomes_a_criterion() -> None:
    text = "PD, evenings"
    question = questions_of(text, read(text))[0]

    meanings = [choice["term"] for choice in question["choices"]]
    assert question["words"] == "PD"
    assert "panic" in meanings
    need = answered({}, question, meanings.index("panic"))
    assert need["specialties"][0]["term"] == "panic"


def test_an_age_is_noted_where_it_became_a_group() -> None:
    text = "19, OCD"
    assert notes_of(text, read(text)) == ["“19” became Young adults (18-25)"]


def test_a_name_is_pointed_out_and_is_no_criterion() -> None:
    text = "Maria Gonzalez, OCD"
    reading = read(text)

    assert identifier_words(text, reading) == ["Maria Gonzalez"]
    assert identifier_kinds(reading) == ["a name"]
    assert "Gonzalez" not in str(reading.need)


def test_a_guess_is_asked_and_its_words_are_not_kept() -> None:
    text = "I can't stop checking the stove"
    reading = read(text)

    need = sure_need(reading)
    kept = str([need, questions_of(text, reading), notes_of(text, reading)])

    assert [one["term"] for one in need["specialties"]] == ["ocd"]
    assert notes_of(text, reading) == ["OCD is a guess from what was described"]
    assert "stove" not in kept


def test_a_misspelt_word_is_noted() -> None:
    text = "trichotilomania"

    notes = notes_of(text, read(text))

    assert notes == ["“trichotilomania” became Body-focused repetitive behaviours"]


def test_more_words_add_to_what_was_said() -> None:
    more = {"specialties": [{"term": "ptsd"}], "place": {"radius_miles": 30}}
    both = merged(NEED, more)

    assert [one["term"] for one in both["specialties"]] == ["ocd", "tics", "ptsd"]
    assert both["place"]["zip"] == "10583"
    assert both["place"]["radius_miles"] == 30


def opening(count: int, confirmed_on: str) -> dict[str, Any]:
    return {"slots": ["tue-evening"], "count": count, "confirmed_on": confirmed_on}


@pytest.mark.parametrize(
    ("openings", "words"),
    [
        ([opening(1, "2026-11-19")], "Tue evening, confirmed 3 days ago"),
        ([opening(1, "2026-10-19")], "openings unknown, last confirmed 34 days ago"),
        ([opening(1, "2026-10-08")], "openings unknown, last confirmed 45 days ago"),
        ([opening(1, "2026-10-07")], "openings unknown"),
        ([opening(1, "2026-11-08")], "Tue evening, confirmed 14 days ago"),
        ([opening(0, "2026-11-22")], "no opening, confirmed today"),
        ([], "openings unknown"),
    ],
)
def test_a_card_never_shows_a_ghost(openings: list[dict[str, Any]], words: str) -> None:
    assert opening_fact({"openings": openings}, {}, TODAY).words == words
