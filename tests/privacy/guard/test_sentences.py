"""What is found in sentences of many kinds, label by label, and what has to pass."""

import pytest

from benches.guard import measured
from network.clinicians import vocabulary
from network.privacy.guard import DIRECT, guard
from tests.privacy.guard.sentences import found, sentences

PASSING = [
    "Beck's model explains how her depression is kept alive.",
    "Linehan would call this an invalidating environment.",
    "She did well with EMDR after ten sessions of preparation.",
    "Her PCL-5 went from 52 to 31.",
    "A woman in her mid thirties is afraid of flying.",
    "I am looking for a colleague licensed in Texas.",
    "We meet on Friday, after school.",
    "The Rorschach and the MMPI-2 were done elsewhere.",
    "Rogers and Winnicott are my heroes in supervision.",
    "Has anyone tried the Gottman method with neurodivergent couples?",
    "He will need a higher level of care, I am afraid.",
    "Grace and hope are words that she cannot use yet.",
    "PHQ-9 is 17, GAD-7 is 12, no SI, sleeping 5 hours.",
    "My supervisor suggested Kohut on idealisation.",
    "She takes Lexapro 20 mg and Abilify 2 mg.",
    "Blue Cross paid for 90834 but not for 90837.",
]
BARS = {"NAME": 0.95, "PHONE": 1, "EMAIL": 1, "SSN": 1, "ID": 0.95, "ADDRESS": 1,
        "URL": 1, "DATE": 0.95, "LOCATION": 0.85, "ORG": 0.8}  # fmt: skip


@pytest.mark.parametrize("text", PASSING)
def test_a_clean_clinical_sentence_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", [row["text"] for row in sentences("clean")])
def test_a_clean_sentence_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("label", BARS)
def test_each_kind_is_found_in_our_own_sentences(label: str) -> None:
    there, seen, _ = measured(sentences("identified"))

    assert there[label]
    assert seen[label] / there[label] >= BARS[label]


def test_what_is_said_to_identify_does() -> None:
    _, _, right = measured(sentences("identified"))

    assert right[True] / right.total() >= 0.95


def test_the_sentences_are_as_many_as_the_figures_say() -> None:
    assert len(sentences("identified")) >= 120
    assert len(sentences("clean")) >= 60


@pytest.mark.parametrize(
    "name", ["specialties", "approaches", "languages", "faiths", "communities"]
)
def test_no_term_of_the_vocabulary_is_taken_for_somebody(name: str) -> None:
    alarms = [
        (term.label, each.label)
        for term in vocabulary.terms(name)
        for each in guard(f"She asked about {term.label} and I did not know.")
        if each.label in DIRECT
    ]

    assert alarms == []
