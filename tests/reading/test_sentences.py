"""What clinicians write to each other, and the criteria that it must become."""

import json
from pathlib import Path
from typing import Any

import pytest

from network.clinicians.reading import read
from tests.reading.rendering import rendered

TABLE = Path(__file__).parent / "sentences.jsonl"
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in TABLE.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_sentence_becomes_its_criteria(case: dict[str, Any]) -> None:
    reading = read(case["text"])

    assert rendered(reading.need) == case["need"]
    assert [each.span.label for each in reading.ask] == case.get("ask", [])


def test_the_first_story_is_read_whole() -> None:
    reading = read(
        "19-year-old, OCD with tics, ERP but the last therapist's CBT did not help, "
        "evenings, Aetna, lives in 10583, and not anyone from my own practice."
    )

    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    evenings = [f"{day}-evening" for day in days]
    assert reading.need == {
        "age_group": {"term": "young-adult", "wish": "must"},
        "specialties": [
            {"term": "ocd", "wish": "must"},
            {"term": "tics", "wish": "prefer"},
        ],
        "approaches": [
            {"term": "erp", "wish": "prefer"},
            {"term": "cbt", "wish": "avoid"},
        ],
        "openings": {"slots": evenings, "wish": "prefer"},
        "payment": {"payer": "aetna", "wish": "must"},
        "place": {
            "mode": "in_person",
            "zip": "10583",
            "radius_miles": 15,
            "wish": "prefer",
        },
        "exclude": {"own_practice": True},
    }
    assert reading.ask == ()
    assert reading.identifiers == ()


def test_the_words_of_each_criterion_are_pointed_at() -> None:
    text = "19, OCD with tics; CBT didn't help; 10583 or telehealth NY"

    words = {(each.term, text[each.start : each.end]) for each in read(text).spans}

    assert words == {
        ("young-adult", "19"),
        ("ocd", "OCD"),
        ("tics", "tics"),
        ("cbt", "CBT"),
        ("10583", "10583"),
        ("telehealth", "telehealth"),
        ("NY", "NY"),
    }


def test_offsets_count_code_points() -> None:
    text = "🌧️ “Señora”, naïve – OCD"

    [span] = read(text).spans

    assert text[span.start : span.end] == "OCD"


def test_a_misspelt_word_is_less_certain() -> None:
    [right] = read("insomnia").spans
    [slip] = read("insomina").spans

    assert (slip.term, right.term) == ("insomnia", "insomnia")
    assert slip.certainty < right.certainty == 1.0


def test_an_ambiguous_town_offers_the_places_of_that_name() -> None:
    [question] = read("grief, in Springfield").ask

    labels = {each.label for each in question.choices}
    assert {"Springfield, MA", "Springfield, IL"} <= labels
    assert all(each.field == "place" for each in question.choices)


def test_a_state_decides_between_towns_of_one_name() -> None:
    reading = read("grief, in Springfield, telehealth IL")

    assert reading.ask == ()
    assert reading.need["place"]["zip"].startswith("627")


def test_a_second_state_is_asked_about() -> None:
    [question] = read("telehealth, NY or NJ").ask

    assert [each.term for each in question.choices] == ["NY", "NJ"]
