"""Why the search is made: the kind of referral, its reasons, whom it leaves out."""

from collections.abc import Iterator

from network.clinicians import vocabulary
from network.clinicians.reading.page import Finding, Page


def kind(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if not page.refused(index):
        yield page.found(index, "kind", slug, vocabulary.label("kinds", slug))


def reason(page: Page, index: int, slug: str) -> Iterator[Finding]:
    yield page.found(index, "reasons", slug, vocabulary.label("reasons", slug))


def own_practice(page: Page, index: int, where: str) -> Iterator[Finding]:
    """ "not anyone from my own practice": spoken of otherwise it says nothing."""
    if where == "outside" or page.refused(index):
        yield page.found(index, "exclude", "own_practice", "not my own practice")
