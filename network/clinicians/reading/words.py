"""A text as words with their places; every offset counts code points of the text."""

import re
from dataclasses import dataclass

from network.clinicians.vocabulary.normalise import fold

TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’`][^\W_]+)*|[.,;:!?&$+()\n–—]", re.UNICODE
)
SIGNS = frozenset(".,;:!?$+()\n–—")


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists: the word in its normal form, and where it starts and ends."""

    text: str
    plain: list[str]
    starts: list[int]
    ends: list[int]

    def original(self, first: int, last: int) -> str:
        """The text from word `first` up to, not including, word `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def written(self, index: int) -> str:
        """The word as it was typed, in small letters."""
        return self.text[self.starts[index] : self.ends[index]].lower()

    def at(self, index: int) -> str:
        """The word there; nothing beyond either end of the text."""
        return self.plain[index] if 0 <= index < len(self.plain) else ""

    def is_capitalised(self, index: int) -> bool:
        return self.text[self.starts[index]].isupper()


def words_of(text: str) -> Words:
    found = [*TOKEN.finditer(text)]
    raw = [match[0] for match in found]
    return Words(
        text,
        [each if each in SIGNS else fold(each) for each in raw],
        [match.start() for match in found],
        [match.end() for match in found],
    )


def plain_words(phrase: str) -> list[str]:
    """A phrase as the words that a text is compared with."""
    return words_of(phrase).plain
