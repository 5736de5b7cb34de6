"""The few kinds of words of which a portrait is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from network.clinicians import vocabulary


@dataclass(frozen=True)
class Word:
    """A few words, perhaps with a depth or a state and something beside them."""

    text: str
    depth: str = ""
    beside: str = ""
    state: str = ""


@dataclass(frozen=True)
class Fact:
    label: str
    words: list[Word]
    # The field by which its owner may keep it to herself.
    field: str = ""
    # What colleagues never see, whatever she hides.
    is_own: bool = False


def plain(text: str, beside: str = "") -> list[Word]:
    return [Word(text, beside=beside)] if text else []


def terms(name: str, slugs: Iterable[str]) -> list[Word]:
    return [Word(vocabulary.label(name, slug)) for slug in slugs]


def deep(name: str, term: str, depth: str, beside: str) -> Word:
    return Word(vocabulary.label(name, term), depth=depth, beside=beside)


def deepest_first(word: Word) -> tuple[int, str]:
    return -vocabulary.term("depths", word.depth).number, word.text


def written(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"
