"""Who speaks: a colleague who states a need, or a client who tells her story."""

from network.clinicians.reading.page import Finding, Page

QUESTIONS = frozenset({"how", "why", "what", "is", "am", "should", "can", "do"})
SEARCHED = frozenset({"languages", "gender", "kind", "exclude"})
SEARCHED_VALUES = frozenset({"zip", "payer", "network", "superbill"})
UNTOLD = frozenset({"kind", "reasons", "openings", "style", "acuity", "format"})
"""What a story never means: "every evening", "he is so kind", "severe"."""


def tells_a_story(page: Page, found: list[Finding]) -> bool:
    """Her own words, or a question, and nothing that only a search would name."""
    if any(mark.says("speaker") in {"clinician", "search"} for mark in page.marks):
        return False
    if any(is_searched(each) for each in found):
        return False
    first = page.words.at(0)
    return (
        first in QUESTIONS
        or "?" in page.words.plain
        or any(mark.says("speaker") == "self" for mark in page.marks)
    )


def is_searched(finding: Finding) -> bool:
    return finding.field in SEARCHED or not SEARCHED_VALUES.isdisjoint(finding.value)
