"""Who speaks: a colleague who states a need, or a client who tells her story."""

from network.clinicians.reading.page import Finding, Page

QUESTIONS = frozenset({"how", "why", "what", "is", "am", "should", "can", "do"})
SEARCHED = frozenset({"languages", "gender", "kind", "exclude"})
SEARCHED_VALUES = frozenset({"zip", "payer", "network", "superbill"})
CRITERIA = frozenset({"age_group", "approaches", "payment", "place"})
"""With these a question without an "I" is a colleague's."""
UNTOLD = frozenset({
    "kind", "reasons", "openings", "style", "acuity", "format", "level_of_care",
    "faith", "communities",
})  # fmt: skip
"""What a story never means: "every evening", "he is so kind", "severe"."""


def tells_a_story(page: Page, found: list[Finding]) -> bool:
    """Her own words, or a question, and nothing that only a search would name."""
    speakers = {mark.says("speaker") for mark in page.marks}
    if speakers & {"clinician", "search"} or any(is_searched(each) for each in found):
        return False
    return "self" in speakers or (asks(page) and not any(map(is_criterion, found)))


def asks(page: Page) -> bool:
    return page.words.at(0) in QUESTIONS or "?" in page.words.plain


def is_searched(finding: Finding) -> bool:
    return finding.field in SEARCHED or not SEARCHED_VALUES.isdisjoint(finding.value)


def is_criterion(finding: Finding) -> bool:
    return finding.field in CRITERIA


def is_told(finding: Finding) -> bool:
    """A story tells ages in years ("when I was a teenager" is past), and the state."""
    if finding.field in UNTOLD or "mode" in finding.value:
        return False
    return finding.field != "age_group" or finding.certainty < 1
