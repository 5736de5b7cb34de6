"""A text is looked through; nothing of it is kept, logged or sent anywhere."""

from collections.abc import Iterable, Iterator

from network.privacy.guard.addresses import addresses
from network.privacy.guard.ages import ages
from network.privacy.guard.answer import Span
from network.privacy.guard.combinations import combinations
from network.privacy.guard.dates import dates
from network.privacy.guard.lists import lists
from network.privacy.guard.names import names
from network.privacy.guard.numbers import numbers
from network.privacy.guard.orgs import orgs
from network.privacy.guard.places import lengths, places
from network.privacy.guard.towns import counties, towns, zips
from network.privacy.guard.words import Words, words_of

LONGEST = 8000
"""Code points; what is longer is looked through up to here."""


def guard(text: str, *, place: str = "") -> list[Span]:
    """Spans in the order of the text. `place` is what colleagues see of the author's
    place of work: a rare event told beside it can be enough.
    """
    text, known = text[:LONGEST], lists()
    words = words_of(text, known)
    found = Chosen(len(text))
    found.take(numbers(words))
    found.take(by_digits(words))
    found.take(orgs(words, known))
    found.take(places(words, known))
    found.take(names(words, known, found.spans))
    found.take(combinations(words, known, found.spans, place))
    return sorted(found.spans)


def prepare() -> None:
    """Reads the lists, so that the first text does not wait for them."""
    lists()
    towns()
    counties()
    zips()
    lengths()


def by_digits(words: Words) -> Iterator[Span]:
    yield from addresses(words)
    yield from dates(words)
    yield from ages(words)


class Chosen:
    """Spans that do not overlap: whoever comes first keeps the place."""

    def __init__(self, length: int) -> None:
        self.spans: list[Span] = []
        self.taken = bytearray(length)

    def take(self, found: Iterable[Span]) -> None:
        for each in found:
            if self.taken.find(1, each.start, each.end) < 0:
                self.taken[each.start : each.end] = b"\1" * (each.end - each.start)
                self.spans.append(each)
