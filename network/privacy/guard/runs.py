"""What may be a name: words written large that the language and the trade lack."""

from network.privacy.guard.around import around
from network.privacy.guard.lists import (
    ANY_GIVEN,
    ANY_NAME,
    ANY_SURNAME,
    CREDENTIAL,
    EPONYM,
    GIVEN,
    NEVER,
    PARTICLE,
    ROLE,
    SURNAME,
    TERM,
    TITLE,
    WORD_GIVEN,
    Lists,
)
from network.privacy.guard.words import Words

LONGEST = 5
SHORTENED = ("n't", "'m", "'re", "'ve", "'ll", "'d")


def may_name(words: Words, known: Lists, index: int) -> bool:
    raw, kind = words.raw[index], words.kinds[index]
    if kind & NEVER and not kind & WORD_GIVEN:
        return False
    if len(raw) == 1:
        return is_initial_of(words, index)
    if kind & EPONYM:
        return not raw.isupper()
    if is_listed(words, index):
        return not raw.isupper() or is_shouted_name(words, index)
    return is_strange(words, known, index)


def is_listed(words: Words, index: int) -> bool:
    """A name of the lists; where it is also a term, something has to say so."""
    kind = words.kinds[index]
    if not kind & ANY_NAME:
        return False
    return (
        not kind & TERM or bool(kind & WORD_GIVEN) or around(words, index) is not None
    )


def is_strange(words: Words, known: Lists, index: int) -> bool:
    """In no list and no dictionary."""
    raw, low = words.raw[index], words.low[index]
    if words.kinds[index] & (TERM | ROLE | TITLE) or not raw.isalpha():
        return False
    return not (raw.isupper() or low.endswith(SHORTENED) or known.is_word(low))


def is_initial_of(words: Words, index: int) -> bool:
    """ "T. Washington"."""
    return (
        words.gap(index + 1) == ". "
        and words.is_large(index + 1)
        and bool(words.kind(index + 1) & ANY_SURNAME)
        and not words.kind(index + 1) & EPONYM
    )


def is_shouted_name(words: Words, index: int) -> bool:
    kind = words.kinds[index]
    if kind & GIVEN and len(words.raw[index]) > 3 and not kind & (TERM | CREDENTIAL):
        return True
    before = words.kind(index - 1)
    return (
        bool(kind & ANY_NAME)
        and bool(before & (GIVEN | TITLE))
        and len(words.raw[index]) > 2
    )


def end_of_run(words: Words, known: Lists, first: int) -> int:
    last = first + 1
    while last < len(words) and last - first < LONGEST:
        step = step_of(words, known, last)
        if not step:
            break
        last += step
    return last


def step_of(words: Words, known: Lists, index: int) -> int:
    """How many more words the name goes on: "van der Berg", "J.", "Gonzalez"."""
    gap = words.gap(index)
    if not (gap in {" ", "-"} or (gap == ". " and len(words.raw[index - 1]) == 1)):
        return 0
    if words.large[index]:
        return int(goes_on(words, known, index))
    if gap == "-" and words.kinds[index] & ANY_NAME:
        return 1
    return over_particles(words, known, index)


def goes_on(words: Words, known: Lists, index: int) -> bool:
    if len(words.raw[index]) == 1:
        end = words.ends[index]
        return words.raw[index] != "I" or words.text[end : end + 1] == "."
    return may_name(words, known, index) or is_coloured(words, index)


def over_particles(words: Words, known: Lists, index: int) -> int:
    for far in (1, 2):
        if not words.kind(index + far - 1) & PARTICLE:
            return 0
        if words.is_large(index + far) and may_name(words, known, index + far):
            return far + 1
    return 0


def is_coloured(words: Words, index: int) -> bool:
    """ "Scott White": after a given name, what is a term elsewhere."""
    before = words.kinds[index - 1] & ANY_GIVEN or len(words.raw[index - 1]) == 1
    return bool(words.kinds[index] & SURNAME and before)
