"""Spans, levels, reasons and rewrites; what together tells; how it holds out."""

import json
import logging
import sys
import threading
import time
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from network.privacy.guard import LONGEST, guard
from network.privacy.guard.lists import lists
from tests.privacy.guard.sentences import found, rewritten

LABELS = {
    "NAME", "DATE", "AGE", "PHONE", "EMAIL", "SSN", "ID", "ADDRESS", "LOCATION", "URL",
    "ORG", "COMBINATION",
}  # fmt: skip
EIGHTEEN = [
    ("names", "I saw Maria Gonzalez today.", "NAME"),
    ("places below a state", "She moved here from Tulsa, Oklahoma.", "LOCATION"),
    ("dates but the year", "Admitted on March 3rd, 2024.", "DATE"),
    ("ages over 89", "She is 93 years old.", "AGE"),
    ("telephones", "Her cell is 914-555-0133.", "PHONE"),
    ("fax", "Fax it to (212) 555-0187, please.", "PHONE"),
    ("e-mail", "Write to m.g@mail.example today.", "EMAIL"),
    ("social security", "His SSN is 078-05-1120.", "SSN"),
    ("medical records", "MRN 5512345 has the rest.", "ID"),
    ("health plans", "Member ID: W123456789 with Aetna.", "ID"),
    ("accounts", "Account no. 884-221-09 is overdue.", "ID"),
    ("licences", "Driver's license D1234567 was taken.", "ID"),
    ("vehicles", "His licence plate is KLM 4821.", "ID"),
    ("devices", "Pacemaker serial no. PM9920441.", "ID"),
    ("web addresses", "Her page is www.maria-sings.net/home.", "URL"),
    ("IP addresses", "It came from 192.168.14.77 at night.", "ID"),
    ("any other code", "He posts as @sad_boy_2009 there.", "ID"),
    ("streets", "She lives at 27 Maple Avenue, Apt 3B.", "ADDRESS"),
]


@pytest.mark.parametrize(("kind", "text", "label"), EIGHTEEN)
def test_each_identifier_of_safe_harbor_is_found(
    kind: str, text: str, label: str
) -> None:
    assert label in {said for said, _ in found(text)}, kind


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("She is age 43 now.", "She is in her forties now."),
        ("A 43-year-old woman came.", "A fortysomething woman came."),
        ("My client lives in Rye, NY.", "My client lives in Westchester."),
        ("We began on March 3rd.", "We began in early spring."),
        ("My client Maria cried.", "My client X cried."),
        ("Dr. Patel changed the dose.", "a colleague changed the dose."),
        ("Her DOB is 3/4/1999.", "Her DOB is 1999."),
        ("He was at Mercy Hospital.", "He was at a hospital or clinic."),
        ("Call her at 914-555-0133.", "Call her at (number on file)."),
    ],
)
def test_each_span_has_a_rewrite(text: str, better: str) -> None:
    assert rewritten(text) == better


def test_what_is_rewritten_is_found_no_more() -> None:
    text = "My client Maria Gonzalez, 43, from Rye, NY, came on March 3rd."

    assert found(rewritten(text)) == []


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I saw Maria today.", "high"),
        ("She is 93 years old.", "high"),
        ("She lives in Scarsdale, NY.", "medium"),
        ("She is 43 years old.", "low"),
        ("It began in March.", "low"),
    ],
)
def test_each_span_has_a_level_and_a_reason(text: str, level: str) -> None:
    (one,) = guard(text)

    assert one.level == level
    assert one.reason.endswith(".")


def test_a_rare_event_a_town_and_an_age_tell_together() -> None:
    text = "In her forties, from Rye, NY, she lost a son in a plane crash."

    assert ("COMBINATION", "plane crash") in found(text)


def test_a_rare_event_alone_tells_nothing() -> None:
    assert found("She lost a son in a plane crash.") == []


def test_the_authors_own_town_counts() -> None:
    text = "A woman in her forties lost her son in a plane crash."

    assert found(text) == []
    (one,) = guard(text, place="Rye")
    assert (one.label, one.level) == ("COMBINATION", "high")
    assert "you work in" in one.reason


def test_a_profession_tells_only_beside_a_town_that_is_named() -> None:
    text = "A dentist in her forties"

    assert found(text, place="Rye") == []
    assert ("COMBINATION", "dentist") in found(f"{text} in Rye, NY")


def test_a_name_is_found_again_where_nothing_says_so() -> None:
    text = "My client Faith came late. I like Faith. Ms. Beck called; Beck was rude."

    assert [words for _, words in found(text)].count("Faith") == 2
    assert ("NAME", "Beck") in found(text)


def test_offsets_count_code_points() -> None:
    text = "😀😀 I saw María Núñez."

    assert found(text) == [("NAME", "María Núñez")]


@given(st.text(max_size=200))
def test_any_text_at_all_is_guarded(text: str) -> None:
    spans = guard(text)

    ends = [0, *(one.end for one in spans)]
    for one, before in zip(spans, ends, strict=False):
        assert before <= one.start < one.end <= len(text)
        assert one.label in LABELS
        assert one.level in {"high", "medium", "low"}
        assert one.reason
        assert one.rewrite


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "A ", "1", "1-", "1 ", "a@", "a.", " ", "(", "'s", "+1", "a\n", "\n1 A"),
        *("Rye, NY ", "www.", "MRN: ", "St. ", "Calle ", "12 Elm ", "Jean-", "Maria\n"),
        *("lives at 12 A ", "1 a a a a ", "Maria de ", "The Smith and ", "Đặng "),
        "forty-three-year-old ",
    ],
)
def test_a_tedious_text_takes_a_moment_at_most(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    guard("warm")

    begun = time.thread_time()  # its own, not what a busy machine does besides
    guard(text)

    assert time.thread_time() - begun < 1.5


def test_what_is_longer_than_the_longest_is_read_up_to_there() -> None:
    assert found(" " * LONGEST + "Maria") == []


def test_threads_that_begin_together_find_the_same() -> None:
    text, answers = "My client Maria Gonzalez, from Rye, NY", []
    threads = [
        threading.Thread(target=lambda: answers.append(guard(text))) for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert answers == [guard(text)] * 8


def test_nothing_is_logged_or_printed(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        guard("Zyxwvut Canary, 914-555-0199, zyxwvut@canary.example, Rye, NY")

    assert caplog.text == ""
    assert "".join(capsys.readouterr()) == ""


def test_the_command_answers_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("I saw María.\n\nnothing\n"))
    out = StringIO()

    call_command("guard", stdout=out)

    first, second, third = map(json.loads, out.getvalue().splitlines())
    assert first["spans"][0]["label"] == "NAME"
    assert (first["spans"][0]["start"], first["spans"][0]["end"]) == (6, 11)
    assert second == third == {"spans": []}


def test_the_lists_are_read_once() -> None:
    guard("Maria")

    assert lists() is lists()
