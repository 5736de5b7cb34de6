"""Whatever is typed: an answer that holds together, and not a trace of it."""

import json
import logging
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.clinicians.matching.need import Need
from network.clinicians.reading import Reading, prepare, read
from network.clinicians.reading.reader import LONGEST

TABLE = Path(__file__).parent / "sentences.jsonl"
SENTENCES = [json.loads(line)["text"] for line in TABLE.read_text("utf-8").splitlines()]
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})
JOINTS = st.sampled_from([" ", ", ", "; ", ". ", " and ", " or ", " not ", "\n", "/"])
MIXTURES = st.lists(st.tuples(st.sampled_from(WORDS), JOINTS), max_size=40).map(
    lambda pairs: "".join(word + joint for word, joint in pairs)
)


def holds_together(text: str) -> Reading:
    reading = read(text)
    Need.model_validate(reading.need)
    for span in (*reading.spans, *(each.span for each in reading.ask)):
        assert 0 <= span.start < span.end <= len(text)
        assert 0 <= span.certainty <= 1
    return reading


@settings(deadline=None)
@given(st.text())
def test_any_text_at_all_is_read(text: str) -> None:
    holds_together(text)


@settings(deadline=None)
@given(MIXTURES)
def test_any_mixture_of_clinical_words_is_a_valid_need(text: str) -> None:
    reading = holds_together(text)

    for field in ("specialties", "approaches"):
        terms = [each["term"] for each in reading.need.get(field, [])]
        assert len(terms) == len(set(terms))


@settings(deadline=None)
@given(MIXTURES)
def test_the_same_text_is_read_the_same_again(text: str) -> None:
    assert read(text) == read(text)


@pytest.mark.parametrize("text", SENTENCES)
def test_every_sentence_is_a_valid_need(text: str) -> None:
    holds_together(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\0", "OCD\0ERP", "?" * 100, "\n" * 50, "İstanbul ẞ ﬁ OCD", "\ud800 OCD"],
)
def test_odd_texts_are_read(text: str) -> None:
    holds_together(text)


def test_a_very_long_text_is_read_to_its_limit() -> None:
    start = "OCD, Aetna. "

    reading = holds_together(start + "x " * LONGEST + "ERP")

    assert set(reading.need) == {"specialties", "payment"}


def test_what_is_wanted_and_refused_at_once_is_not_both() -> None:
    assert read("CBT. Not CBT.").need["approaches"] == [
        {"term": "cbt", "wish": "avoid"}
    ]


def test_nothing_is_logged_or_printed(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        read("Zyxwvut Canary, 19, OCD, 914-555-0199, zyxwvut@canary.example")

    assert caplog.text == ""
    assert "".join(capsys.readouterr()) == ""


def test_preparing_changes_no_answer() -> None:
    before = read("insomnia near Rye NY")

    prepare()

    assert read("insomnia near Rye NY") == before


@pytest.mark.parametrize(
    "piece", ["no CBT,CBT,", "tried ", "CBT didn't help ", "a@", "female and ", "not "]
)
def test_a_tedious_text_takes_no_longer_than_its_length(piece: str) -> None:
    read(piece)
    short, long = seconds(piece * 20), seconds(piece * 200)

    assert long < 60 * short


def seconds(text: str) -> float:
    """The best of five, so that a busy machine does not count."""
    return min(timed(text) for _ in range(5))


def timed(text: str) -> float:
    begun = time.thread_time()
    read(text)
    return time.thread_time() - begun
