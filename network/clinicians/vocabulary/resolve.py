"""One typed form -> the terms it may mean, the likeliest first."""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from network.clinicians.vocabulary.index import Meaning, phrases
from network.clinicians.vocabulary.lookup import (
    Found,
    by_core,
    by_name,
    by_words,
    contained,
)
from network.clinicians.vocabulary.nearness import is_spelt_well, near_phrases
from network.clinicians.vocabulary.normalise import Token, tokens
from network.clinicians.vocabulary.terms import Term, term
from network.clinicians.vocabulary.typos import respelt

SEPARATORS: Final = re.compile(r"[,;/|()\[\]•:+\n]|\s[-–—]\s|\bwith\b|\band/or\b")
SURE_ENOUGH: Final = 0.6
MOST_CHOICES: Final = 8

NAMED, CORE, PART, PART_CORE, RESPELT, NEIGHBOUR = 1.0, 0.95, 0.9, 0.87, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Choice:
    term: Term
    certainty: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a form may mean; `ask` when only its writer can say which."""

    choices: tuple[Choice, ...]
    ask: bool

    @property
    def best(self) -> Choice | None:
        return self.choices[0] if self.choices else None


def resolve(
    text: str, lists: Sequence[str] = ("specialties", "approaches")
) -> Resolution:
    """Nothing found is no choice; several terms in one form are several choices."""
    return _resolve(text.strip(), tuple(lists))


@lru_cache(maxsize=10_000)
def _resolve(text: str, lists: tuple[str, ...]) -> Resolution:
    words = tokens(text)
    found = Found(text, lists)
    whole(found, words)
    if not found.any:
        misspelt(found, words)
    if not found.sure:
        in_pieces(found, words)
    elif not found.ask:
        neighbours(found, words)
    return _resolution(found)


def misspelt(found: Found, words: Sequence[Token]) -> None:
    """The form is a name but for some letters, in its words or as a whole."""
    whole(found, respelt(words), at_most=RESPELT)
    typed = " ".join(token.word for token in words)
    for name in found.lists:
        doubt = 0.2 * is_spelt_well(typed, name)
        for phrase, far in near_phrases(typed, name):
            found.add(phrases()[phrase], RESPELT + 0.05 - 0.1 * far - doubt)


def neighbours(found: Found, words: Sequence[Token]) -> None:
    """After a sure name, what it also touches: broader terms and words in it."""
    for key in list(found.certainties):
        near = [Meaning(key[0], slug, "broader") for slug in term(*key).broader]
        found.add(near, NEIGHBOUR)
    inner = Found(found.text, found.lists)
    contained(inner, words)
    for key in inner.certainties:
        found.add([Meaning(*key, "contained")], NEIGHBOUR - 0.05)


def in_pieces(found: Found, words: Sequence[Token]) -> None:
    """The form names no term as a whole: look at what stands in it."""
    mended = respelt(words)
    parts(found, words)
    contained(found, words)
    if mended != words:
        contained(found, mended, at_most=RESPELT)
    by_words(found, mended)


def whole(found: Found, words: Sequence[Token], *, at_most: float = NAMED) -> None:
    """The form is the name of a term, or is once its filling words are left out."""
    by_name(found, words, context=words, certainty=at_most)
    if not found.ask:
        by_core(found, words, certainty=CORE * at_most)


def parts(found: Found, words: Sequence[Token]) -> None:
    """Each part of "CBT, MBT and DBT" or "Neurofeedback / biofeedback" by itself."""
    cuts = [cut.start() for cut in SEPARATORS.finditer(found.text)]
    pieces = groupby(words, key=lambda token: bisect(cuts, token.start)) if cuts else ()
    for _, piece in pieces:
        part = list(piece)
        by_name(found, part, context=words, certainty=PART)
        by_core(found, part, certainty=PART_CORE)


def _resolution(found: Found) -> Resolution:
    ordered = sorted(found.certainties.items(), key=lambda each: _order(found, *each))
    choices = tuple(_choices(ordered))[:MOST_CHOICES]
    unsure = bool(choices) and choices[0].certainty < SURE_ENOUGH
    return Resolution(choices, ask=found.ask or unsure)


def _order(found: Found, key: tuple[str, str], certainty: float) -> tuple[object, ...]:
    return -certainty, found.lists.index(key[0]), term(*key).number


def _choices(
    ordered: Iterable[tuple[tuple[str, str], float]],
) -> Iterable[Choice]:
    for key, certainty in ordered:
        yield Choice(term(*key), round(certainty, 3))
