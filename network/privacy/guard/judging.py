"""Whether words written large are somebody's name."""

from network.privacy.guard.around import Around, around, doing_after, told_after
from network.privacy.guard.lists import (
    ANY_NAME,
    ANY_SURNAME,
    DOING,
    EPONYM,
    GIVEN,
    NEVER,
    PARTICLE,
    RARE_GIVEN,
    ROLE,
    SURNAME,
    TERM,
    WORD_GIVEN,
    Lists,
)
from network.privacy.guard.spelling import words_in
from network.privacy.guard.words import Words

FOLLOWS = words_in(
    """and or who whom for to in at on about from when while after before because but so
    yet again today yesterday tonight last this with than as all too now then"""
)
ARTICLES = words_in(
    "the a an of some any no this that these those my your our his her their"
)
FAMILIES = words_in(
    """family household kids children boys girls brothers sisters twins couple
    parents case residence"""
)


def is_name(words: Words, known: Lists, first: int, last: int) -> bool:
    if words.phrase(first, last) in known.authors or is_cited(words, first, last):
        return False
    beside = around(words, first)
    if beside and not (beside is Around.ROLE and is_modal(words, first, last)):
        return True
    if last - first > 1 and is_pair(words, known, first, last):
        return True
    return is_alone(words, known, first, last)


def is_cited(words: Words, first: int, last: int) -> bool:
    """ "Foa and Kozak, 1986", "Smith et al"."""
    follows = words.at(last)
    if follows == "et" and words.at(last + 1) == "al":
        return True
    is_year = (
        len(follows) == 4 and follows.startswith(("19", "20")) and follows.isdigit()
    )
    return is_year and words.gap(last) in {", ", " ("} and last - first == 1


def is_modal(words: Words, first: int, last: int) -> bool:
    """ "Client Will attend", in a title."""
    return (
        last - first == 1
        and bool(words.kinds[first] & NEVER)
        and not doing_after(words, last)
    )


def is_pair(words: Words, known: Lists, first: int, last: int) -> bool:
    """A given name and what may follow one, or two words that are in no dictionary."""
    one, two = words.kinds[first], words.kinds[last - 1]
    initial = len(words.raw[last - 1]) == 1
    if one & (GIVEN | RARE_GIVEN) or len(words.raw[first]) == 1:
        return True
    if one & WORD_GIVEN:
        return (
            initial
            or bool(two & (SURNAME | GIVEN))
            or bool(two & WORD_GIVEN and words.gap(last - 1) == "-")
            or (bool(two & ANY_SURNAME) and not known.is_word(words.low[last - 1]))
        )
    if two & EPONYM and not initial:
        return False
    strange = not any(known.is_word(words.low[each]) for each in range(first, last))
    listed = bool((one | two) & ANY_NAME) or bool(words.kinds[first + 1] & PARTICLE)
    return strange and listed and (not initial or not words.begins(first))


def is_alone(words: Words, known: Lists, first: int, last: int) -> bool:
    """One word, or several that are no pair: by what it is, or by what it does."""
    kind = words.kinds[first]
    if kind & (TERM | EPONYM):
        return bool(kind & WORD_GIVEN) and is_word_name(words, known, first, last)
    if kind & GIVEN or told_after(words, last):
        return True
    if kind & WORD_GIVEN:
        return is_word_name(words, known, first, last)
    if kind & RARE_GIVEN and is_rare_name(words, known, first, last):
        return True
    return is_surname(words, known, first, last)


def is_surname(words: Words, known: Lists, first: int, last: int) -> bool:
    """ "the Hernandez family", "Gonzalez denies", "when Chaudhry came"."""
    kind = words.kinds[first]
    if kind & ANY_SURNAME and words.at(last) in FAMILIES and words.gap(last) == " ":
        return True
    if strongly_doing(words, known, last):
        return True
    if words.begins(first) or words.at(first - 1) in ARTICLES or is_titled(words, last):
        return False
    return bool(kind & (RARE_GIVEN | SURNAME)) and not known.is_word(words.low[first])


def is_rare_name(words: Words, known: Lists, first: int, last: int) -> bool:
    """In no dictionary, and long enough to be no abbreviation."""
    return (
        len(words.low[first]) > 3
        and not known.is_word(words.low[first])
        and words.at(first - 1) not in ARTICLES
        and not is_titled(words, last)
    )


def strongly_doing(words: Words, known: Lists, last: int) -> bool:
    if words.gap(last) in {"'s ", "’s "}:
        return bool(words.kind(last) & ROLE)
    return doing_after(words, last) and words.at(last) not in known.weak


def is_word_name(words: Words, known: Lists, first: int, last: int) -> bool:
    """ "Grace", "Mark", "April": words as well, so what they do has to say it."""
    kind = words.kinds[first]
    if strongly_doing(words, known, last):
        return True
    if kind & (TERM | EPONYM) or words.begins(first) or is_titled(words, last):
        return False
    if is_described(words, known, last):
        return False
    return words.at(first - 1) not in ARTICLES and not is_titled(
        words, first - 1, back=True
    )


def is_described(words: Words, known: Lists, last: int) -> bool:
    """ "Art therapy", "Faith-based": the word says of what kind the next one is."""
    low, gap = words.at(last), words.gap(last)
    if gap == "-":
        return True
    ordinary = known.is_word(low) and not words.kind(last) & DOING
    return gap == " " and ordinary and low not in FOLLOWS


def is_titled(words: Words, index: int, *, back: bool = False) -> bool:
    """Whether the next word is large as well, as in "Hope Project"."""
    if back:
        return (
            words.is_large(index)
            and not words.begins(index)
            and words.joined(index + 1)
        )
    return words.is_large(index) and words.gap(index) in {" ", "-"}
