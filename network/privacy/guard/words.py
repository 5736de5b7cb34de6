"""A text as words with their places; every offset counts code points of the text."""

import re
from dataclasses import dataclass
from itertools import accumulate, repeat

from network.privacy.guard.lists import Lists
from network.privacy.guard.spelling import folded

WORD = re.compile(r"([^\W_]+(?:['’][^\W\d_]+)*)")
DIGIT = re.compile(r"\d")
ENDS = re.compile(r"[.!?:;\n•*\"“”\t]|\s-\s|–|—")
POSSESSIVE = ("'s", "’s")
SPACES = frozenset({" ", "  ", "\u00a0", "\n"})


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists: the word, its plain form, its kinds, where it starts and ends,
    whether it begins with a capital; `gaps` has what stands before each, and what
    comes last. `numeric` are the places of those with digits.
    """

    text: str
    raw: list[str]
    low: list[str]
    kinds: list[int]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    large: list[bool]
    numeric: list[int]
    held: frozenset[str]

    def __len__(self) -> int:
        return len(self.raw)

    def at(self, index: int) -> str:
        """The plain word there; nothing beyond either end of the text."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def kind(self, index: int) -> int:
        return self.kinds[index] if 0 <= index < len(self.kinds) else 0

    def gap(self, index: int) -> str:
        """What stands before that word, after the one before it."""
        return self.gaps[index] if 0 < index < len(self.raw) else "\n"

    def begins(self, index: int) -> bool:
        """Whether a sentence begins there, where a capital says nothing."""
        gap = self.gap(index)
        return gap != " " and (index == 0 or ENDS.search(gap) is not None)

    def joined(self, index: int) -> bool:
        """Whether only a space stands before that word."""
        return self.gap(index) in SPACES

    def is_large(self, index: int) -> bool:
        return 0 <= index < len(self.raw) and self.large[index]

    def phrase(self, first: int, last: int) -> str:
        """The plain words from `first` up to, not including, `last`."""
        return " ".join(self.low[max(first, 0) : max(last, 0)])


def words_of(text: str, known: Lists) -> Words:
    parts = WORD.split(text)
    raw, gaps = parts[1::2], parts[::2]
    ends = [*accumulate(map(len, parts))]
    starts, ends = ends[::2][: len(raw)], ends[1::2]
    if "'" in text or "’" in text:
        bare(raw, gaps, ends)
    ascii_only = text.isascii()
    low = [*map(str.lower, raw)] if ascii_only else [folded(word) for word in raw]
    kinds = [*map(known.kinds.get, low, repeat(0))]
    large = [word[0].isupper() for word in raw]
    numeric = with_digits(raw) if DIGIT.search(text) else []
    held = frozenset(low)
    return Words(text, raw, low, kinds, starts, ends, gaps, large, numeric, held)


def bare(raw: list[str], gaps: list[str], ends: list[int]) -> None:
    """Takes the endings of possessives off."""
    for index, word in enumerate(raw):
        if word.endswith(POSSESSIVE) and len(word) > 2:
            raw[index] = word[:-2]
            gaps[index + 1] = word[-2:] + gaps[index + 1]
            ends[index] -= 2


def with_digits(raw: list[str]) -> list[int]:
    return [
        index
        for index, word in enumerate(raw)
        if not word.isalpha() and DIGIT.search(word)
    ]
