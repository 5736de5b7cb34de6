"""A name as its words, however it was typed; and a word as it may be spelt or sound."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from jellyfish import metaphone

MOST_WORDS = 6
LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
APART = re.compile(r"[^\w'’ʼ`´]+|_+")
# They belong to the word after them: Mc Donald, O Brien.
JOINED = frozenset({"mc", "o"})
# Said of anybody, or left out as often as not.
SILENT_WORDS = (
    "dr mr mrs ms miss mx prof sir jr sr ii iii iv phd md rn sra srta don dona "
    "de del la las los da das do dos du di van von der den ten ter zu y e the "
    "and of family familia inc llc ltd corp co"
)
SILENT = frozenset(SILENT_WORDS.split())
SPELT = (
    ("ph", "f"),
    ("ck", "k"),
    ("qu", "k"),
    ("th", "t"),
    ("ch", "k"),
    ("c", "k"),
    ("q", "k"),
    ("y", "i"),
    ("w", "v"),
    ("v", "f"),
    ("z", "s"),
    ("sh", "x"),
    ("h", ""),
)


def words_of(name: str, least: int = 2) -> tuple[str, ...]:
    """Small letters without accents; titles, particles and initials only where without
    them there would be fewer than the least.
    """
    words = tuple(_joined(APART.split(_plain(name))))
    told = tuple(word for word in words if word not in SILENT and len(word) > 1)
    return (told if len(told) >= least else words)[:MOST_WORDS]


def respelt(word: str) -> str:
    """Catherine and Katherine, Smith and Smyth; vowels stay, so Jane is not John."""
    for one, other in SPELT:
        word = word.replace(one, other)
    short = word[:-1] if len(word) > 3 and word.endswith("e") else word
    return _single(short)


def sound_of(word: str) -> str:
    """Its Metaphone; blank where that says too little (Lee, Li, Wu)."""
    sound = _single(metaphone(word))
    return sound if len(sound) > 1 else ""


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _joined(parts: list[str]) -> Iterator[str]:
    before = ""
    for part in parts:
        word = before + "".join(one for one in part if one.isalnum())
        before = word if word in JOINED else ""
        if word and not before:
            yield word


def _single(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))
