"""One pass over the words: the longest known phrase at each place."""

from collections.abc import Mapping
from typing import NamedTuple

from network.clinicians.reading.codes import codes, names_state
from network.clinicians.reading.lexicon import LISTS, Lexicon, Meaning, lexicon
from network.clinicians.reading.words import Words
from network.clinicians.vocabulary import needs_capitals
from network.clinicians.vocabulary.typos import SHORTEST, corrected

LONG = 5
"""Only short forms are written in capitals by people who do not shout."""
EXACT, MISSPELT = 1.0, 0.85
WORDS = frozenset({"tic"})
"""Asked for in capitals by the lists, but plain enough in a sentence."""
TERMS = LISTS | {"ambiguous", "alone"}
DIGITS = (Meaning("digits", ""),)


class Mark(NamedTuple):
    """A phrase from word `first` up to, not including, word `last`."""

    first: int
    last: int
    meanings: tuple[Meaning, ...]
    certainty: float = EXACT

    def says(self, kind: str) -> str:
        """Its value of that kind; empty when it is not of that kind."""
        for meaning in self.meanings:
            if meaning.kind == kind:
                return meaning.value
        return ""


def marks_of(words: Words) -> list[Mark]:
    known = lexicon()
    slips = mended(words.plain, known)
    plain = (
        [slips.get(i, w) for i, w in enumerate(words.plain)] if slips else words.plain
    )
    shouted = words.text.isupper() and any(len(word) > LONG for word in plain)
    marks, index = [], 0
    while index < len(plain):
        mark = state_at(words, index, shouted) or longest_at(plain, index, known)
        if mark and not as_written(mark, words, plain, shouted):
            mark = without_terms(mark)
        if mark is None:
            index += 1
            continue
        marks.append(misspelt(mark, slips) if slips else mark)
        index = mark.last
    return marks


def state_at(words: Words, index: int, shouted: bool) -> Mark | None:
    code = words.written(index)
    if code in codes() and names_state(words, index, shouted=shouted):
        return Mark(index, index + 1, (Meaning("states", code.upper()),))
    return None


def longest_at(plain: list[str], index: int, known: Lexicon) -> Mark | None:
    word = plain[index]
    for length in known.lengths.get(word, ()):
        piece = plain[index : index + length]
        if len(piece) == length and (meanings := known.meanings.get(" ".join(piece))):
            return Mark(index, index + length, meanings)
    return Mark(index, index + 1, DIGITS) if word[0].isdigit() else None


def as_written(mark: Mark, words: Words, plain: list[str], shouted: bool) -> bool:
    """Short forms that are also words count only in capitals: "ACT", "ART"."""
    word = plain[mark.first]
    if mark.last - mark.first > 1 or not needs_capitals(word) or mark.says("states"):
        return True
    if word in WORDS:
        return True
    return not shouted and words.original(mark.first, mark.last).isupper()


def mended(plain: list[str], known: Lexicon) -> Mapping[int, str]:
    """The words that are slips of words of the vocabulary, by their place."""
    return {
        index: near[0]
        for index, word in enumerate(plain)
        if len(word) >= SHORTEST
        and word not in known.known
        and (near := corrected(word))
        and near[0][0] == word[0]
    }


def without_terms(mark: Mark) -> Mark | None:
    rest = tuple(meaning for meaning in mark.meanings if meaning.kind not in TERMS)
    return mark._replace(meanings=rest) if rest else None


def misspelt(mark: Mark, slips: Mapping[int, str]) -> Mark:
    if slips.keys().isdisjoint(range(mark.first, mark.last)):
        return mark
    return mark._replace(certainty=MISSPELT)
