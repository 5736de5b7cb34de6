"""Towns, ZIP codes, addresses, and where people work, study or are treated."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from network.privacy.guard.answer import LOCATION, Span
from network.privacy.guard.around import around, doing_after
from network.privacy.guard.lists import (
    ANY_GIVEN,
    ANY_NAME,
    EPONYM,
    PLACE,
    ROLE,
    TERM,
    Lists,
    lists,
)
from network.privacy.guard.marks import span
from network.privacy.guard.spelling import words_in
from network.privacy.guard.towns import CODES, STATES, counties, towns, wider, zips
from network.privacy.guard.words import Words

LONGEST = 3
CREDENTIALS = frozenset(
    {"MD", "PA", "MA", "DO", "LA", "ND", "CT", "AL", "OR", "IN", "ME", "OK", "HI"}
)
"""Codes of states that people carry behind their names, or that are words."""
SMALL_CODES = words_in(
    """ny nj ca tx fl il pa oh ga nc mi az wa tn mo wi mn sc ky ct ut nv ks nm ne wv
    nh ri mt sd nd vt wy va"""
)
WIDE = frozenset({"new england", "upstate new york"})
CODES_AS_WRITTEN = CODES | SMALL_CODES
FIRST_OF_STATES = frozenset(name.split(" ")[0] for name in STATES)
SMALL_LEADS = frozenset({"in", "near", "from"})
SURE_LASTS = frozenset({"in", "to", "from", "of", "en", "downtown"})
ZIP = re.compile(r"(?<![\w$€£.,#-])\d{5}(?:-\d{4})?(?![\w%-]|,\d|\.\d)")
ZIP_LEADS = words_in(
    "zip code zipcode in near around from to lives area at outside postal"
)
BILLED = re.compile(r"9(?:07[89]|08[345]|6[01])\d")
"""Codes of sessions, which look like ZIP codes."""


def places(words: Words, known: Lists) -> Iterator[Span]:
    """Those before a state first, then towns by themselves, then ZIP codes."""
    for index in range(1, len(words)):
        if words.raw[index] in CODES_AS_WRITTEN or words.low[index] in FIRST_OF_STATES:
            yield from before_state(words, known, index)
    begins = lengths()
    for index, low in enumerate(words.low):
        if words.large[index]:
            if low in begins or words.at(index - 1) in SURE_LASTS:
                yield from by_itself(words, known, index)
        elif low in begins and index and words.low[index - 1] in SMALL_LEADS:
            yield from by_itself(words, known, index)
    yield from by_zip(words)


def before_state(words: Words, known: Lists, index: int) -> Iterator[Span]:
    """ "Rye, NY": the longest name that ends there."""
    state, end = state_after(words, index)
    for first in range(max(index - LONGEST, 0), index) if state else ():
        if is_phrase(words, first, index) and is_stated(words, known, first, index):
            yield place(words, first, end, index, state)
            return


def by_itself(words: Words, known: Lists, index: int) -> Iterator[Span]:
    longest = lengths().get(words.low[index], 1)
    for last in range(min(index + longest, len(words)), index, -1):
        if is_town(words, known, index, last) and is_phrase(words, index, last):
            yield place(words, index, last, last, None)
            return


@cache
def lengths() -> Mapping[str, int]:
    """First word of a town -> how many words such towns have at most."""
    found: dict[str, int] = {}
    for name in (*towns(), *lists().big, *lists().short):
        first, *rest = re.split(r"[ -]", name)
        found[first] = min(max(found.get(first, 0), 1 + len(rest)), LONGEST)
    return found


def is_phrase(words: Words, first: int, last: int) -> bool:
    return all(words.gap(each) in {" ", "-", ". "} for each in range(first + 1, last))


def state_after(words: Words, index: int) -> tuple[str | None, int]:
    """The state that stands there, after a comma or a space."""
    if index >= len(words) or words.gap(index).strip() not in {"", ","}:
        return None, index
    two = words.phrase(index, index + 2)
    if two in STATES and words.joined(index + 1) and index + 2 <= len(words):
        return STATES[two], index + 2
    low = words.at(index)
    if low in STATES and words.is_large(index):
        return STATES[low], index + 1
    if words.at(index).upper() in CODES and is_code(words, index):
        return low.upper(), index + 1
    return None, index


def is_code(words: Words, index: int) -> bool:
    raw = words.raw[index]
    return raw.isupper() or (raw in SMALL_CODES)


def is_stated(words: Words, known: Lists, first: int, last: int) -> bool:
    """Before a state: a town, or any name of a place written large."""
    town, code = words.phrase(first, last), words.raw[last]
    in_state = state_after(words, last)[0] in towns().get(town, ())
    if not words.is_large(first):
        return in_state and (len(code) > 2 or code.lower() in SMALL_CODES)
    if code in CREDENTIALS and not led(words, known, first):
        return in_state and not words.kinds[first] & ANY_GIVEN
    if in_state:
        return True
    return (
        all(words.is_large(each) for each in range(first, last))
        and not words.begins(first)
        and not any(words.kinds[each] & (TERM | ROLE) for each in range(first, last))
        and (words.gap(last).startswith(",") or led(words, known, first))
    ) or (
        words.at(first) in {"north", "south", "east", "west", "new", "port", "lake"}
        and last - first > 1
        and words.is_large(last - 1)
    )


def led(words: Words, known: Lists, first: int) -> bool:
    return words.at(first - 1) in known.leads


def is_town(words: Words, known: Lists, first: int, last: int) -> bool:
    """A town without its state: written large, and standing where a place stands."""
    phrase = words.phrase(first, last)
    if phrase in known.big or phrase in known.short:
        return is_big(words, known, first, last)
    if phrase not in towns():
        sure = leads_surely(words, known, first)
        return sure and is_unknown(words, known, first, last)
    if phrase in STATES or phrase in WIDE or is_part_of_name(words, last):
        return False
    if not words.large[first]:
        return is_small_town(words, known, first, last)
    return is_named_town(words, known, first, last)


def is_big(words: Words, known: Lists, first: int, last: int) -> bool:
    phrase = words.phrase(first, last)
    if phrase in known.short:
        return led(words, known, first) and (
            words.raw[first].isupper() or len(phrase) > 3
        )
    if words.kinds[first] & ANY_GIVEN and is_somebody(words, first, last):
        return False
    if not words.is_large(first):
        return led(words, known, first)
    return not is_part_of_name(words, last)


def is_somebody(words: Words, first: int, last: int) -> bool:
    """ "my son Austin", "Brooklyn said"."""
    return around(words, first) is not None or doing_after(words, last)


def is_part_of_name(words: Words, last: int) -> bool:
    """ "Boston Naming Test", "Denver Smith": what follows is written large too."""
    return (
        words.is_large(last)
        and words.gap(last) in {" ", "-"}
        and not words.raw[last].isupper()
        and words.kinds[last] & (TERM | PLACE) == 0
    )


def is_named_town(words: Words, known: Lists, first: int, last: int) -> bool:
    if words.phrase(first, last) in counties():
        return False
    if last - first > 1:
        return all(words.is_large(each) for each in range(first, last)) and not (
            words.kinds[first] & ANY_GIVEN and not led(words, known, first)
        )
    if not led(words, known, first) or words.kinds[first] & (TERM | EPONYM):
        return False
    if words.kinds[first] & ANY_GIVEN:
        return leads_surely(words, known, first) or words.at(first - 1) in {
            "in",
            "near",
        }
    return not known.is_word(words.low[first]) or leads_surely(words, known, first)


def is_small_town(words: Words, known: Lists, first: int, last: int) -> bool:
    """ "lives in scarsdale", but not "in reading"."""
    phrase = words.phrase(first, last)
    if phrase not in towns() or words.at(first - 1) not in {"in", "near", "from"}:
        return False
    return phrase not in STATES and not any(
        known.is_word(words.low[each]) or words.kinds[each] & TERM
        for each in range(first, last)
    )


def is_unknown(words: Words, known: Lists, first: int, last: int) -> bool:
    return (
        words.phrase(first, last) not in STATES
        and not is_part_of_name(words, last)
        and all(
            words.is_large(each)
            and not words.raw[each].isupper()
            and not words.kinds[each] & (TERM | ROLE)
            and (words.kinds[each] & ANY_NAME or not known.is_word(words.low[each]))
            for each in range(first, last)
        )
    )


def leads_surely(words: Words, known: Lists, first: int) -> bool:
    return words.at(first - 1) in SURE_LASTS and (
        words.phrase(first - 2, first) in known.sure_leads
        or words.phrase(first - 3, first) in known.sure_leads
    )


def place(words: Words, first: int, end: int, last: int, state: str | None) -> Span:
    rewrite = wider(words.phrase(first, last), state)
    return span(words.starts[first], words.ends[end - 1], LOCATION, rewrite)


def by_zip(words: Words) -> Iterator[Span]:
    for index in words.numeric:
        word = words.raw[index]
        if not word.isdecimal():
            continue
        if is_named_zip(words, index) or (len(word) == 5 and is_zip(words, index)):
            county, state = zips().get(word, ("", ""))
            end = words.ends[index]
            rewrite = county.removesuffix(" County") or state or "the region"
            yield span(words.starts[index], end, LOCATION, rewrite)


def is_named_zip(words: Words, index: int) -> bool:
    """ "my zip code is 2371", wherever that is."""
    return (
        4 <= len(words.raw[index]) <= 6
        and "zip" in words.low[max(index - 3, 0) : index]
    )


def is_zip(words: Words, index: int) -> bool:
    word, before = words.raw[index], words.at(index - 1)
    if ZIP.match(words.text, words.starts[index]) is None or BILLED.match(word):
        return False
    stated = before.upper() in CODES or before in STATES
    return word in zips() and (stated or before in ZIP_LEADS)
