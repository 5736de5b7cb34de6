"""One normal form for typed words: case, accents, punctuation, spelling, plurals."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from network.clinicians.vocabulary.loading import read

WORD: Final = re.compile(r"&|[^\W_]+(?:['’.][^\W_]+)*", re.UNICODE)
INITIALS: Final = re.compile(r"(?:[a-z]{1,3}\.)+[a-z]{1,3}")
PIECE: Final = re.compile(r"[^.]+")
POSSESSIVE: Final = re.compile(r"['’]s$")


class Token(NamedTuple):
    word: str
    start: int
    end: int


def normalise(text: str) -> str:
    """The normal form that phrases are compared in."""
    return " ".join(token.word for token in tokens(text))


def tokens(text: str) -> list[Token]:
    """The normalised words of a text with where they stand in it."""
    found: list[Token] = []
    for match in WORD.finditer(text):
        found.extend(_split(match.group(), match.start()))
    return found


def _split(raw: str, start: int) -> list[Token]:
    if "." not in raw or INITIALS.fullmatch(_plain(raw)):
        return [Token(fold(raw), start, start + len(raw))]
    return [
        Token(fold(piece.group()), start + piece.start(), start + piece.end())
        for piece in PIECE.finditer(raw)
    ]


@lru_cache(maxsize=50_000)
def fold(raw: str) -> str:
    """One word: lower case, no accents, American spelling, singular."""
    word = POSSESSIVE.sub("", _plain(raw)).replace("'", "").replace("’", "")
    word = word.replace(".", "")
    known = _words()["spellings"].get(word)
    return known or _american(_singular(word))


def _plain(raw: str) -> str:
    if raw == "&":
        return "and"
    if raw.isascii():
        return raw.lower()
    decomposed = unicodedata.normalize("NFKD", raw.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1]


def _american(word: str) -> str:
    for british, american in _words()["british"]:
        if british in word:
            word = word.replace(british, american)
    return word


@cache
def _words() -> dict[str, Any]:
    return read("words")
