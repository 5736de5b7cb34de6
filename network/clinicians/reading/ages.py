"""Ages and school grades, as the age groups of the network."""

import re
from collections.abc import Iterator

from network.clinicians import vocabulary
from network.clinicians.reading.page import Finding, Page

GROUPS = (
    (3, "infant"), (7, "child"), (12, "tween"), (17, "teen"), (25, "young-adult"),
    (64, "adult"), (79, "older-adult"), (119, "elder"),
)  # fmt: skip
JOINED = re.compile(r"(\d{1,3})(?:yo|yrs?|f|m|y|yof|yom)")
DECADE = re.compile(r"([2-9])0s")
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
CERTAIN, LIKELY = 0.95, 0.8
FIRST_GRADE_AGE = 6
BARE = range(3, 100)


def age(page: Page, index: int) -> Finding | None:
    """ "19", "19yo", "in her 40s", "7th grader", but not "2 kids" or "for 3 years"."""
    years, certainty = stated_age(page, index) or (None, CERTAIN)
    if years is None or page.refused(index):
        return None
    slug = group_of(years)
    if slug is None:
        return None
    found = page.found(index, "age_group", slug, vocabulary.label("age_groups", slug))
    return Finding(
        found.field, slug, found.label, found.first, found.last, found.wish, certainty
    )


def group_of(years: int) -> str | None:
    return next((slug for oldest, slug in GROUPS if years <= oldest), None)


def stated_age(page: Page, index: int) -> tuple[int, float] | None:
    mark = page.marks[index]
    word = page.words.plain[mark.first]
    if joined := JOINED.fullmatch(word):
        return int(joined[1]), CERTAIN
    if decade := DECADE.fullmatch(word):
        return int(decade[1]) * 10 + 5, CERTAIN
    if ordinal := ORDINAL.fullmatch(word):
        return grade(page, index, int(ordinal[1]))
    if not word.isdigit() or len(word) > 3:
        return None
    return plain_age(page, index, int(word))


def grade(page: Page, index: int, number: int) -> tuple[int, float] | None:
    after = page.after(index)
    if after and after.says("grade") and 1 <= number <= 12:
        return number + FIRST_GRADE_AGE - 1, CERTAIN
    return None


def plain_age(page: Page, index: int, number: int) -> tuple[int, float] | None:
    before, after = page.before(index), page.after(index)
    if after and after.says("age_noun") == "is":
        return number, CERTAIN
    if (
        before
        and before.says("age_noun") == "before"
        and not (after and after.says("unit"))
    ):
        return number, CERTAIN if page.words.at(
            page.marks[index].first - 1
        ) != "is" else LIKELY
    if number in BARE and page.alone(index):
        return number, LIKELY
    return None


def named(page: Page, index: int, slug: str) -> Iterator[Finding]:
    """ "teen", "college student"."""
    if not page.refused(index):
        label = vocabulary.label("age_groups", slug)
        yield page.found(index, "age_group", slug, label)


def spelt(page: Page, index: int, number: str) -> Iterator[Finding]:
    """ "nineteen years old"."""
    after = page.after(index)
    slug = group_of(int(number))
    if after and after.says("age_noun") == "is" and slug:
        yield from named(page, index, slug)
