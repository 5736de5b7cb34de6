"""What tells nothing alone and much together: a rare event, a town, an age."""

from collections.abc import Iterator, Sequence

from network.privacy.guard.answer import (
    AGE,
    COMBINATION,
    DATE,
    HIGH,
    LOCATION,
    ORG,
    Span,
)
from network.privacy.guard.lists import BAND, RARE, Lists
from network.privacy.guard.marks import span
from network.privacy.guard.words import Words

ORDINARY = "in a profession"
"""A profession tells only beside a town that is named and an age."""
SAID = {
    AGE: "the age", LOCATION: "the place", ORG: "the institution", DATE: "the date",
    "author": "the place you work in, which colleagues can see",
}  # fmt: skip


def combinations(
    words: Words, known: Lists, found: Sequence[Span], place: str
) -> Iterator[Span]:
    rare = [*rare_phrases(words, known)]
    if not rare:
        return
    beside = [*told_beside(words, found, place)]
    for first, last, meaning in rare:
        if enough(beside, meaning):
            yield telling(words, (first, last), meaning, beside)


def rare_phrases(words: Words, known: Lists) -> Iterator[tuple[int, int, str]]:
    for index, kind in enumerate(words.kinds):
        if not kind & RARE:
            continue
        for rest, meaning in known.rare[words.low[index]]:
            last = index + 1 + len(rest)
            if tuple(words.low[index + 1 : last]) == rest:
                yield index, last, meaning
                break


def told_beside(words: Words, found: Sequence[Span], place: str) -> Iterator[str]:
    labels = {each.label for each in found}
    if AGE in labels or any(kind & BAND for kind in words.kinds):
        yield AGE
    for label in (LOCATION, ORG, DATE):
        if label in labels:
            yield label
    if place and LOCATION not in labels:
        yield "author"


def enough(beside: Sequence[str], meaning: str) -> bool:
    """A place and one thing more; for a profession, a named place and an age."""
    if meaning == ORDINARY:
        return {AGE, LOCATION} <= set(beside)
    somewhere = {LOCATION, ORG, "author"} & set(beside)
    return len(somewhere) > 1 or (bool(somewhere) and len(beside) > len(somewhere))


def telling(
    words: Words, place: tuple[int, int], meaning: str, beside: Sequence[str]
) -> Span:
    first, last = place
    whole = AGE in beside and meaning != ORDINARY
    found = span(
        words.starts[first], words.ends[last - 1], COMBINATION, meaning,
        HIGH if whole else "",
    )  # fmt: skip
    return found._replace(
        reason=f"Together with {' and '.join(SAID[each] for each in beside)} "
        "this can tell who it is."
    )
