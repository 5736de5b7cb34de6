"""A client's own words suggest specialties, and are never taken for stated ones."""

import pytest

from network.clinicians.reading import read

STORIES = [
    ("I can't stop checking the stove", "ocd"),
    ("I wash my hands until they bleed", "ocd"),
    ("I feel worthless and cry every night", "depression"),
    ("I had a panic attack in the supermarket and thought I was dying", "panic"),
    ("My mom died last spring and I can't stop crying", "grief"),
    ("He hits me when he is drunk and I'm scared to leave", "ipv"),
    ("I make myself throw up after dinner", "ed"),
    ("I lie awake for hours every night", "insomnia"),
    ("My boss yells at me and I hate going to work", "career"),
    ("I think I'm gay but my parents would disown me", "lgbtq"),
    ("I lose my temper and punch walls", "anger"),
    ("My four year old has tantrums and won't listen", "parenting"),
]


@pytest.mark.parametrize(("text", "right"), STORIES)
def test_a_story_suggests_what_it_is_about(text: str, right: str) -> None:
    suggested = [each["term"] for each in read(text).need["specialties"]]

    assert suggested[0] == right


@pytest.mark.parametrize(("text", "right"), STORIES)
def test_a_suggestion_is_uncertain_and_only_preferred(text: str, right: str) -> None:
    reading = read(text)

    spans = [each for each in reading.spans if each.term == right]
    assert spans
    assert all(each.certainty < 1 for each in spans)
    assert all(each["wish"] == "prefer" for each in reading.need["specialties"])


def test_suggestions_come_by_certainty_and_three_at_most() -> None:
    reading = read("My husband cheated on me, and now we fight about everything")

    certainties = [each.certainty for each in reading.spans[:3]]
    assert certainties == sorted(certainties, reverse=True)
    assert len(reading.need["specialties"]) <= 3


def test_the_words_that_suggest_are_pointed_at() -> None:
    text = "I can't stop checking the stove"

    words = text[read(text).spans[0].start : read(text).spans[0].end]

    assert "checking" in words


def test_shorthand_is_not_taken_for_a_story() -> None:
    assert "specialties" not in read("19, evenings, Aetna, 10583").need


def test_a_colleague_may_use_the_clients_words() -> None:
    reading = read("My client can't stop checking the stove and the locks, evenings")

    assert reading.need["specialties"] == [{"term": "ocd", "wish": "prefer"}]
    assert reading.need["openings"]["wish"] == "prefer"


def test_habits_of_a_story_are_no_openings() -> None:
    assert "openings" not in read("I drink every evening and on Saturday morning").need


def test_what_is_named_leads_where_nothing_is_plainly_suggested() -> None:
    suggested = [
        each["term"] for each in read("I'll need someone for grief").need["specialties"]
    ]

    assert suggested[0] == "grief"


@pytest.mark.parametrize("text", ["OCD", "OCD, Aetna, teen", "suicidal, needs DBT"])
def test_the_words_carry_the_wish_that_the_need_has(text: str) -> None:
    reading = read(text)

    wishes = {each["term"]: each["wish"] for each in reading.need["specialties"]}
    said = {e.term: e.wish for e in reading.spans if e.field == "specialties"}
    assert said == wishes
