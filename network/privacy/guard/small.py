"""Names typed in small letters."""

from network.privacy.guard.lists import (
    ANY_NAME,
    ANY_SURNAME,
    DOING,
    EPONYM,
    GIVEN,
    NAMING,
    NEVER,
    NOT_SMALL,
    RARE_GIVEN,
    ROLE,
    SMALL,
    SURNAME,
    TERM,
    TITLE,
    WORD_GIVEN,
    Lists,
)
from network.privacy.guard.spelling import words_in
from network.privacy.guard.words import Words

TITLES = words_in("dr mr mrs ms mx prof aunt auntie uncle rabbi rev tia tio sra srta")
SURELY = frozenset({"named", "aka", "nicknamed", "llamada", "llamado", "alias"})
FOLLOWS = words_in("and who whose with from came for to in at on about y que")
SHORTEST = 4


def small_name(words: Words, known: Lists, index: int) -> int:
    """Where a name that begins there ends; 0: no name."""
    kind = words.kinds[index]
    if not kind & ANY_NAME and not words.kind(index - 1) & (ROLE | TITLE | NAMING):
        return 0
    if kind & (NEVER | TERM | ROLE | TITLE) or not words.raw[index].isalpha():
        return 0
    if is_author(words, known, index):
        return 0
    if is_given(words, index) or is_led(words, known, index):
        last = with_surname(words, known, index + 1)
        return with_surname(words, known, last) if last > index + 1 else last
    return 0


def is_author(words: Words, known: Lists, index: int) -> bool:
    """ "carl rogers", "haley": whoever wrote the book."""
    if any(words.phrase(index, index + far) in known.authors for far in (2, 3)):
        return True
    return bool(words.kinds[index] & EPONYM) and words.at(index - 1) not in TITLES


def is_given(words: Words, index: int) -> bool:
    """ "sarah", "miguel": no other word is written so."""
    kind = words.kinds[index]
    if kind & SMALL:
        return True
    return (
        bool(kind & GIVEN)
        and not kind & NOT_SMALL
        and len(words.low[index]) >= SHORTEST
    )


def is_led(words: Words, known: Lists, index: int) -> bool:
    before, gap = words.kind(index - 1), words.gap(index)
    if words.at(index - 1) in TITLES and gap in {" ", ". "}:
        return is_after_title(words, known, index)
    if gap != " ":
        return False
    if before & NAMING:
        return is_after_naming(words, known, index)
    return bool(before & ROLE) and is_after_role(words, known, index)


def is_after_title(words: Words, known: Lists, index: int) -> bool:
    if words.kinds[index] & (DOING | ROLE):
        return False
    return bool(words.kinds[index] & SURNAME) or not known.is_word(words.low[index])


def is_after_naming(words: Words, known: Lists, index: int) -> bool:
    kind, strange = words.kinds[index], not known.is_word(words.low[index])
    if words.at(index - 1) in SURELY:
        return strange or bool(kind & (WORD_GIVEN | SURNAME))
    return strange and bool(kind & ANY_NAME)


def is_after_role(words: Words, known: Lists, index: int) -> bool:
    kind, strange = words.kinds[index], not known.is_word(words.low[index])
    doing = goes_on(words, index + 1)
    if strange and kind & (GIVEN | RARE_GIVEN | SURNAME):
        return doing or is_end(words, index + 1)
    if kind & WORD_GIVEN:
        return doing and words.at(index + 1) not in FOLLOWS
    return (
        strange
        and len(words.low[index]) >= SHORTEST
        and bool(words.kind(index + 1) & DOING)
    )


def goes_on(words: Words, index: int) -> bool:
    if words.gap(index) in {"'s ", "’s "}:
        return True
    return words.gap(index) == " " and (
        bool(words.kind(index) & DOING) or words.at(index) in FOLLOWS
    )


def is_end(words: Words, index: int) -> bool:
    return index >= len(words) or words.gap(index)[:1] in ".,;:!?)\n"


def with_surname(words: Words, known: Lists, last: int) -> int:
    """ "sarah", or "sarah gonzalez"."""
    if last >= len(words) or words.gap(last) not in {" ", "-"} or words.is_large(last):
        return last
    kind, low = words.kinds[last], words.low[last]
    if kind & (NEVER | TERM | DOING | ROLE) or not kind & (ANY_SURNAME | GIVEN):
        return last
    if not known.is_word(low) or (kind & SURNAME and ends_or_does(words, last + 1)):
        return last + 1
    return last


def ends_or_does(words: Words, index: int) -> bool:
    return is_end(words, index) or bool(words.kind(index) & DOING)
