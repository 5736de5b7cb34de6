"""What stands before and after a name."""

from enum import Enum

from network.privacy.guard.lists import DOING, NAMING, ROLE, TITLE
from network.privacy.guard.spelling import words_in
from network.privacy.guard.words import Words

CALLED = frozenset(
    {
        "this is",
        "i am",
        "name is",
        "goes by",
        "known as",
        "names are",
        "names is",
        "me llamo",
        "nombre es",
        "go by",
    }
)
SHORT = frozenset({"i'm"})
AFTER_ROLE = frozenset({" ", ", ", ": ", " (", " - ", "/", " – ", " — ", "; "})
NAMED = frozenset({" ", ": ", ' "', " “"})
WHOSE = words_in("my her his their our the a mi su")


class Around(Enum):
    """What says that a name comes next."""

    TITLE = 1
    NAMING = 2
    ROLE = 3


def around(words: Words, first: int) -> Around | None:
    if first == 0:
        return None
    kind, gap = words.kinds[first - 1], words.gap(first)
    if kind & TITLE and is_titled(words, first):
        return Around.TITLE
    if (kind & NAMING and gap in NAMED) or (gap == " " and is_called(words, first)):
        return Around.NAMING
    if kind & ROLE and gap in AFTER_ROLE:
        return Around.ROLE
    return None


def is_titled(words: Words, first: int) -> bool:
    """ "Dr. Nguyen", "Sister Agnes", but "my sister Agnes"."""
    gap, title = words.gap(first), words.raw[first - 1]
    stands = gap == " " or (gap == ". " and len(title) < 5)
    return stands and (words.large[first - 1] or not words.kinds[first - 1] & ROLE)


def is_called(words: Words, first: int) -> bool:
    return words.phrase(first - 2, first) in CALLED or words.at(first - 1) in SHORT


def doing_after(words: Words, last: int) -> bool:
    return bool(words.kind(last) & DOING) and words.gap(last) == " "


def told_after(words: Words, last: int) -> bool:
    """ "(mom)", ", my client,", ", 43,"."""
    if last >= len(words):
        return False
    gap = words.gap(last)
    if gap.rstrip() not in {",", "("} and gap not in {", ", " ("}:
        return False
    if words.low[last] in WHOSE:
        return bool(words.kind(last + 1) & ROLE)
    if gap == " (":
        return bool(words.kinds[last] & ROLE)
    word = words.raw[last]
    return (
        word.isdecimal()
        and len(word) <= 2
        and words.gap(last + 1)[:1] in {",", ")", ".", ";"}
    )
