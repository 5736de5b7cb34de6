"""Free text becomes criteria, here on this machine; the text itself is not kept."""

import datetime

from network.clinicians import vocabulary
from network.clinicians.reading.answer import Identifier, Question, Reading, Span
from network.clinicians.reading.doubts import doubts
from network.clinicians.reading.gazetteer import towns
from network.clinicians.reading.identifiers import identifiers_of
from network.clinicians.reading.lexicon import lexicon
from network.clinicians.reading.marks import marks_of
from network.clinicians.reading.needs import led_by_its_problem, need_of, wish_of
from network.clinicians.reading.page import Finding, Page
from network.clinicians.reading.readers import findings_of
from network.clinicians.reading.suggestions import Suggestion, model, suggestions
from network.clinicians.reading.voice import is_told, tells_a_story
from network.clinicians.reading.wishes import wishes_of
from network.clinicians.reading.words import Words, words_of

LONGEST = 5000
"""Code points; what is longer is read up to here."""
STORY, PLAIN, ENOUGH = 0.05, 0.6, 3
"""How certain a suggestion from a story must be, and one from a colleague's words,
that have to say something beside what was read in them."""
LIKELY = 0.2
"""A story whose best suggestion is less certain is about what it names, if anything."""
PROBLEMS = frozenset({"specialties", "approaches"})
MENTIONED = 0.5
"""A problem that a story names may be somebody else's."""


def read(text: str, *, today: datetime.date | None = None) -> Reading:
    """What the text asks for. It never fails, and it keeps and logs nothing."""
    words = words_of(text[:LONGEST])
    page = page_of(words)
    identifiers = identifiers_of(words.text)
    found = [
        each
        for each in with_suggestions(page, findings_of(page))
        if free(each, words, identifiers)
    ]
    stated = led_by_its_problem([each for each in found if not each.choices])
    asked = [*(each for each in found if each.choices), *doubts(stated)]
    return Reading(
        need_of(stated),
        tuple(span_of(each, words) for each in stated),
        tuple(Question(span_of(each, words), each.choices) for each in asked),
        identifiers,
    )


def prepare() -> None:
    """Loads what reading needs, so that the first text does not wait for it."""
    lexicon()
    towns()
    model()


def page_of(words: Words) -> Page:
    marks = marks_of(words)
    states = frozenset(filter(None, (mark.says("states") for mark in marks)))
    return Page(words, marks, wishes_of(words, marks), states)


def with_suggestions(page: Page, found: list[Finding]) -> list[Finding]:
    """A story: what it suggests comes first, and what it mentions is preferred."""
    if tells_a_story(page, found):
        told = [softened(each) for each in found if is_told(each)]
        suggested = suggested_by(suggestions(page.words.plain, least=STORY))
        first, then = (suggested, told)
        if is_named(told) and not is_plain(suggested):
            first, then = told, suggested
        terms = {each.term for each in first}
        return first + [each for each in then if each.term not in terms]
    if any(each.field in PROBLEMS or each.choices for each in found):
        return found
    unread = page.unread()
    return suggested_by(suggestions(unread, least=PLAIN, content=ENOUGH)) + found


def is_named(told: list[Finding]) -> bool:
    """Whether it says outright what it is about."""
    return any(each.field in PROBLEMS for each in told)


def is_plain(suggested: list[Finding]) -> bool:
    return any(each.certainty >= LIKELY for each in suggested)


def softened(finding: Finding) -> Finding:
    sure = MENTIONED if finding.field == "specialties" else finding.certainty
    return finding.with_wish(finding.wish or "prefer", min(sure, finding.certainty))


def suggested_by(suggested: list[Suggestion]) -> list[Finding]:
    return [
        Finding(
            "specialties",
            each.term,
            vocabulary.label("specialties", each.term),
            each.first,
            each.last,
            "prefer",
            each.certainty,
        )
        for each in suggested
    ]


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
