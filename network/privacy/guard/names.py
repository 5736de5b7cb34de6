"""People's names, by lists of names and by what stands around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from network.privacy.guard.answer import NAME, Span
from network.privacy.guard.around import doing_after
from network.privacy.guard.initials import initials
from network.privacy.guard.judging import is_name
from network.privacy.guard.lists import (
    ANY_NAME,
    GIVEN,
    NAMING,
    NEVER,
    PARTICLE,
    ROLE,
    SMALL,
    TERM,
    TITLE,
    Lists,
)
from network.privacy.guard.marks import span
from network.privacy.guard.runs import end_of_run, may_name
from network.privacy.guard.small import small_name
from network.privacy.guard.words import Words

LEADING = ROLE | TITLE | NAMING
SMALL_SIGNS = GIVEN | SMALL
KIN = "a relative"
"""Their words stay: "Uncle X"."""


def names(words: Words, known: Lists, taken: Sequence[Span]) -> Iterator[Span]:
    """First those that show, then the same names wherever else they stand."""
    free = free_of(words, taken)
    found = [*shown(words, known, free)]
    for first, last in found:
        free[first:last] = [False] * (last - first)
    found += again(words, known, free, found)
    yield from (named(words, known, first, last) for first, last in found)
    yield from initials(words)


def free_of(words: Words, taken: Sequence[Span]) -> list[bool]:
    free = [True] * len(words)
    for each in taken:
        first = bisect_right(words.ends, each.start)
        last = bisect_left(words.starts, each.end)
        free[first:last] = [False] * (last - first)
    return free


def shown(words: Words, known: Lists, free: list[bool]) -> Iterator[tuple[int, int]]:
    done, led = 0, 0
    for index, kind in enumerate(words.kinds):
        if not (words.large[index] or led or kind & SMALL_SIGNS) or index < done:
            led = kind & LEADING
            continue
        led = kind & LEADING
        found, done = large_or_small(words, known, index)
        if found and all(free[index:done]):
            yield found


def large_or_small(
    words: Words, known: Lists, index: int
) -> tuple[tuple[int, int] | None, int]:
    if not words.large[index]:
        last = small_name(words, known, index)
        return ((index, last), last) if last else (None, index + 1)
    if not may_name(words, known, index):
        return None, index + 1
    last = end_of_run(words, known, index)
    if is_name(words, known, index, last):
        return (index, last), last
    return None, index + 1


def again(
    words: Words, known: Lists, free: list[bool], found: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The same name further on: whoever was "Ms. Beck" is Beck from there."""
    told = {
        words.low[each]
        for first, last in found
        for each in range(first, last)
        if len(words.raw[each]) > 2 and not words.kinds[each] & (PARTICLE | NEVER)
    }
    for index, low in enumerate(words.low):
        if low in told and free[index] and is_again(words, known, index):
            yield index, index + 1


def is_again(words: Words, known: Lists, index: int) -> bool:
    kind = words.kinds[index]
    if words.is_large(index):
        plain = words.begins(index) and known.is_word(words.low[index])
        return not plain or doing_after(words, index + 1)
    return (
        bool(kind & ANY_NAME)
        and not known.is_word(words.low[index])
        and not kind & TERM
    )


def named(words: Words, known: Lists, first: int, last: int) -> Span:
    """The title belongs to the name, so that the rewrite can stand for both."""
    start, end = words.starts[first], words.ends[last - 1]
    if len(words.raw[last - 1]) == 1 and words.text[end : end + 1] == ".":
        end += 1
    if title := title_of(words, known, first):
        return span(words.starts[first - 1], end, NAME, title)
    if words.kind(first - 1) & (ROLE | TITLE) and words.gap(first) == " ":
        return span(start, end, NAME, "X")
    return span(start, end, NAME, "The client" if words.begins(first) else "the client")


def title_of(words: Words, known: Lists, first: int) -> str:
    """What "Dr." makes of somebody; nothing without a title, or for an aunt."""
    title = known.titles.get(words.at(first - 1), KIN)
    if title == KIN or words.gap(first) not in {" ", ". "}:
        return ""
    if words.large[first - 1] or not words.kinds[first - 1] & ROLE:
        return title
    return ""
