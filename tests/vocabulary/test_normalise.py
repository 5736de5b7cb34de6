"""One normal form for both the fields and the free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.clinicians.vocabulary import needs_capitals, normalise, phrases, tokens


@pytest.mark.parametrize(("left", "right"), [
    ("Behaviour", "behaviors"),
    ("counselling", "Counseling"),
    ("Women’s Issues", "womens issue"),
    ("mentalisation", "Mentalization"),
    ("Español", "espanol"),
    ("Ph.D.", "PHD"),
    ("L.I.C.S.W.", "licsw"),
    ("Acceptance & Commitment", "acceptance and commitment"),
    ("life-transitions", "Life Transition"),
    ("Alzheimer's", "alzheimers"),
    ("paediatric", "pediatric"),
    ("licence", "license"),
])  # fmt: skip
def test_spellings_of_one_thing_are_one(left: str, right: str) -> None:
    assert normalise(left) == normalise(right)


@pytest.mark.parametrize(("left", "right"), [
    ("psychosis", "psychoses are not psychosi"),
    ("men", "women"),
    ("exercise", "exercize"),
    ("couple", "couplet"),
])  # fmt: skip
def test_different_things_stay_different(left: str, right: str) -> None:
    assert normalise(left) != normalise(right)


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say_and_never_overlap(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.word
        end = token.end


@given(st.sampled_from(sorted(phrases())))
def test_a_normal_form_is_its_own_normal_form(phrase: str) -> None:
    assert normalise(phrase.upper()) == phrase


def test_common_words_count_as_abbreviations_only_in_capitals() -> None:
    assert needs_capitals("act")
    assert not needs_capitals("emdr")


def test_a_phrase_says_what_it_names_and_by_which_name() -> None:
    sources = {each.slug: each.source for each in phrases()["obsessive compulsive"]}
    assert sources["ocd"] == "synonym"
    assert phrases()["mdd"][0][:2] == ("specialties", "depression")
