"""Words that could tell who the client is: pointed out, never made a criterion."""

import re
from collections.abc import Iterator
from functools import cache

from network.clinicians.reading.answer import Identifier
from network.clinicians.reading.gazetteer import towns
from network.clinicians.reading.lexicon import HERE, lexicon

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl"
    r"|Terrace|Way|Highway|Hwy|Parkway|Pkwy|Circle|Broadway)\b\.?"
)
RECORD = r"mrn|member id|record number|policy(?: number)?|acct|account"
NAME = r"[A-Z][\w’'-]*[a-z][\w’'-]*"
ALWAYS = (
    ("NAME", rf"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Rabbi|Rev)\.? {NAME}(?: {NAME})?"),
    ("NAME", rf"\b(?i:named|called|name is|name[’']s) {NAME}(?: {NAME})?"),
)
WITH_DIGITS = (
    ("SSN", r"\b\d{3}-\d{2}-\d{4}\b"),
    ("PHONE", r"(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\b\d{3}[ .-])\d{3}[ .-]\d{4}\b"),
    ("DATE", r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}\b"),
    ("DATE", r"\b(?:19|20)\d{2}-\d{2}-\d{2}\b"),
    ("DATE", rf"\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}}\b"),
    ("DATE", rf"\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH},? (?:19|20)\d{{2}}\b"),
    ("ADDRESS", rf"\b\d{{1,5}} (?:[NSEW]\.? )?(?:{NAME} ){{1,3}}{STREET}"),
    ("ADDRESS", rf"\b\d{{1,4}}-\d{{1,4}} (?:{NAME} ){{1,3}}{STREET}"),
    ("ID", rf"\b(?i:{RECORD})\b[ :#]*[A-Z]*\d[\w-]{{3,}}"),
)
WITH_AT = (("EMAIL", r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+"),)
Patterns = list[tuple[str, re.Pattern[str]]]
CAPITALISED = re.compile(rf"\b{NAME}(?: {NAME})?")
DIGIT = re.compile(r"\d")


def identifiers_of(text: str) -> tuple[Identifier, ...]:
    found = [*by_pattern(text), *by_first_name(text)]
    return tuple(without_overlaps(found))


def by_pattern(text: str) -> Iterator[Identifier]:
    for label, pattern in patterns(
        has_digits=bool(DIGIT.search(text)), has_at="@" in text
    ):
        for match in pattern.finditer(text):
            yield Identifier(match.start(), match.end(), label)


@cache
def patterns(*, has_digits: bool, has_at: bool) -> Patterns:
    """Only those that can match at all: most texts hold few of the signs."""
    chosen = ALWAYS + WITH_DIGITS * has_digits + WITH_AT * has_at
    return [(label, re.compile(pattern)) for label, pattern in chosen]


def by_first_name(text: str) -> Iterator[Identifier]:
    """ "Maria Gonzalez", "Maria": a given name, with what may be the family name."""
    for match in CAPITALISED.finditer(text):
        name = match[0].lower()
        if name.partition(" ")[0] in first_names() and not is_term(name):
            yield Identifier(match.start(), match.end(), "NAME")


def is_term(name: str) -> bool:
    """ "Oscar" insures, "Virginia" is a state."""
    return name in lexicon().meanings or name in towns()


def without_overlaps(found: list[Identifier]) -> Iterator[Identifier]:
    end = 0
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.start >= end:
            yield each
            end = each.end


@cache
def first_names() -> frozenset[str]:
    return frozenset((HERE / "first_names.txt").read_text("utf-8").split())
