"""Words as they are compared: without case and accents, and by their stem."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from Stemmer import Stemmer

LONGEST = 40  # letters that count
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
# They stand in every other message: they find nothing, and would give the most away.
_COMMON = """
    a about after all also am an and any are as at be because been before being but by
    can could did do does for from had has have having he her here hers him his how i if
    in into is it its just me more my no not now of on only or our out over she
    should so some such than that the their them then there these they this those to
    too up very was we were what when where which while who why with would you
    your
"""
_stemmer, _alone = Stemmer("english", 0), Lock()
COMMON = frozenset(_stemmer.stemWords(_COMMON.split()))


class Word(NamedTuple):
    plain: str
    stem: str

    @property
    def is_common(self) -> bool:
        return self.stem in COMMON


class Spot(NamedTuple):
    """Where in a text a word stands."""

    word: Word
    start: int
    end: int


def words_in(text: str) -> list[Word]:
    return [_word(written) for written in _WORD.findall(composed(text))]


def spots_in(text: str) -> Iterator[Spot]:
    """Of a composed text."""
    for found in _WORD.finditer(text):
        yield Spot(_word(found.group()), found.start(), found.end())


def composed(text: str) -> str:
    """A letter and its accent as one character, so that words are not cut there."""
    return unicodedata.normalize("NFC", text)


def telling(words: Iterable[Word]) -> dict[str, None]:
    """Their stems, each once and in their order, without those of common words."""
    return dict.fromkeys(word.stem for word in words if not word.is_common)


@lru_cache(maxsize=32_768)
def _word(written: str) -> Word:
    plain = _plain(written)[:LONGEST]
    with _alone:  # the stemmer is for one thread at a time
        return Word(plain, _stemmer.stemWord(plain))


def _plain(written: str) -> str:
    folded = written.casefold().replace("\u2019", "'")
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFKD", folded)
    return "".join(part for part in parts if not unicodedata.combining(part))
