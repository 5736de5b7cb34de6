"""A text as its readers see it, and what each of them finds in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as of_each
from typing import Any, Self

from network.clinicians.reading.answer import Choice
from network.clinicians.reading.marks import Mark
from network.clinicians.reading.words import Words

REFUSED = frozenset({"not", "avoid", "without", "tried", "absent"})
STRENGTHS = {"must": "must", "need": "must", "prefer": "prefer"}
ENDS = frozenset({"comma", "close", "stop"})
"""Pauses that end a clause; "and" and "or" do not."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A criterion as words of the text name it; `value` is its part of the need.

    No wish: the usual one of its field. Choices: it cannot be decided what it means.
    """

    field: str
    term: str
    label: str
    first: int
    last: int
    wish: str = ""
    certainty: float = 1.0
    value: Mapping[str, Any] = of_each(default_factory=dict)
    choices: tuple[Choice, ...] = ()

    def with_wish(self, wish: str, certainty: float) -> Self:
        return replace(self, wish=wish, certainty=certainty)

    def with_choices(self, choices: tuple[Choice, ...]) -> Self:
        return replace(self, choices=choices)


@dataclass(frozen=True, slots=True)
class Page:
    words: Words
    marks: list[Mark]
    wishes: list[str]
    states: frozenset[str]
    """The states that the text names: they tell one Springfield from another."""

    def before(self, index: int, far: int = 0) -> Mark | None:
        """The mark before, when at most `far` words stand between."""
        if index == 0:
            return None
        mark = self.marks[index - 1]
        return mark if self.marks[index].first - mark.last <= far else None

    def after(self, index: int, far: int = 0) -> Mark | None:
        if index + 1 >= len(self.marks):
            return None
        mark = self.marks[index + 1]
        return mark if mark.first - self.marks[index].last <= far else None

    def unread(self) -> list[str]:
        """The words with a comma for each that a mark already explains."""
        plain = [*self.words.plain]
        for mark in self.marks:
            if not mark.says("cue") and not mark.says("noun"):
                plain[mark.first : mark.last] = [","] * (mark.last - mark.first)
        return plain

    def refused(self, index: int) -> bool:
        return self.wishes[index] in REFUSED

    def strength(self, index: int) -> str:
        return STRENGTHS.get(self.wishes[index], "")

    def found(
        self, index: int, field: str, term: str, label: str, **value: Any
    ) -> Finding:
        mark = self.marks[index]
        return Finding(
            field, term, label, mark.first, mark.last, self.strength(index),
            mark.certainty, value,
        )  # fmt: skip

    def alone(self, index: int) -> bool:
        """Whether the words are a whole item between two pauses."""
        before, after = self.before(index), self.after(index)
        mark = self.marks[index]
        opens = mark.first == 0 or is_edge(before)
        closes = mark.last == len(self.words.plain) or is_edge(after)
        return opens and closes


def is_edge(mark: Mark | None) -> bool:
    return bool(mark and (mark.says("pause") or mark.says("cue")))
