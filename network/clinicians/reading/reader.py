"""Free text becomes criteria, here on this machine; the text itself is not kept."""

import datetime

from network.clinicians.reading.answer import Identifier, Question, Reading, Span
from network.clinicians.reading.identifiers import identifiers_of
from network.clinicians.reading.marks import marks_of
from network.clinicians.reading.needs import need_of, wish_of
from network.clinicians.reading.page import Finding, Page
from network.clinicians.reading.readers import findings_of
from network.clinicians.reading.wishes import wishes_of
from network.clinicians.reading.words import Words, words_of

LONGEST = 5000
"""Code points; what is longer is read up to here."""


def read(text: str, *, today: datetime.date | None = None) -> Reading:
    """What the text asks for. It never fails, and it keeps and logs nothing."""
    words = words_of(text[:LONGEST])
    marks = marks_of(words)
    states = frozenset(filter(None, (mark.says("states") for mark in marks)))
    page = Page(words, marks, wishes_of(words, marks), states)
    identifiers = identifiers_of(words.text)
    found = [each for each in findings_of(page) if free(each, words, identifiers)]
    stated = [each for each in found if not each.choices]
    return Reading(
        need_of(stated),
        tuple(span_of(each, words) for each in stated),
        tuple(
            Question(span_of(each, words), each.choices)
            for each in found
            if each.choices
        ),
        identifiers,
    )


def free(finding: Finding, words: Words, identifiers: tuple[Identifier, ...]) -> bool:
    """Whether its words are not part of a name, a date of birth, an address."""
    start, end = words.starts[finding.first], words.ends[finding.last - 1]
    return not any(each.start < end and start < each.end for each in identifiers)


def span_of(finding: Finding, words: Words) -> Span:
    return Span(
        words.starts[finding.first],
        words.ends[finding.last - 1],
        finding.field,
        finding.term,
        wish_of(finding),
        finding.certainty,
        finding.label,
    )
