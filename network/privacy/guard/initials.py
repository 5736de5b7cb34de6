"""Initials that stand for a client."""

from collections.abc import Iterator

from network.privacy.guard.answer import MEDIUM, NAME, Span
from network.privacy.guard.lists import DOING, ROLE, TERM
from network.privacy.guard.marks import span
from network.privacy.guard.spelling import words_in
from network.privacy.guard.words import Words

OTHERS = words_in(
    """us uk dc ny la aa ba ma ms bs po er iq id am pm va od tv si hi na pe pt iv md
    do rn ed jd ie eg eu un nj nc sc"""
)
COUNTRIES = words_in("us uk dc ny la va aa ie eg eu un am pm iv")
CLIENTS = frozenset(
    {"client", "clients", "patient", "pt", "supervisee", "member", "student", "cliente"}
)
REASON = "Initials are taken from a name; choose a letter that is not."


def initials(words: Words) -> Iterator[Span]:
    for index, raw in enumerate(words.raw):
        if len(raw) > 2:
            continue
        if len(raw) == 1 and is_dotted(words, index):
            yield initial(words.starts[index], words.ends[index + 1] + 1)
        elif len(raw) == 2 and index and stands_for(words, index):
            yield initial(words.starts[index], words.ends[index])


def is_dotted(words: Words, index: int) -> bool:
    """ "J.D. is", but not "U.S." or "R.I.P."."""
    last = index + 1
    if not words.is_large(last) or len(words.raw[last]) != 1 or not words.large[index]:
        return False
    end = words.ends[last]
    if words.gap(last) not in {".", ". "} or words.text[end : end + 1] != ".":
        return False
    if words.gap(index) == "." or words.text[end + 1 : end + 2].isalpha():
        return False
    return stands_for_somebody(words, index)


def stands_for_somebody(words: Words, index: int) -> bool:
    letters = words.low[index] + words.low[index + 1]
    does = words.kind(index + 2) & DOING and words.gap(index + 2) == ". "
    begins = words.begins(index)
    passes = letters in (COUNTRIES if does and begins else OTHERS)
    return bool(words.kind(index - 1) & ROLE or (not passes and (does or begins)))


def stands_for(words: Words, index: int) -> bool:
    """ "client JD reports"."""
    if not words.raw[index].isupper() or words.at(index - 1) not in CLIENTS:
        return False
    if (
        words.low[index] in OTHERS
        or words.kinds[index] & TERM
        or words.gap(index) != " "
    ):
        return False
    return bool(words.kind(index + 1) & DOING) or words.gap(index + 1)[:1] in ",.;:("


def initial(start: int, end: int) -> Span:
    return span(start, end, NAME, "A.", MEDIUM)._replace(reason=REASON)
