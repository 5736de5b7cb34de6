"""What reading a text yields: a need, where each part of it stood, what to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the text (code points from start to end) that became a criterion."""

    start: int
    end: int
    field: str
    term: str
    wish: str
    certainty: float
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible meaning; no term means: none of these is a criterion."""

    field: str
    term: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Words that could mean several things, and nothing around them decides."""

    span: Span
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """Words that could tell who the client is; they never become a criterion."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    need: Mapping[str, Any]
    spans: tuple[Span, ...] = ()
    ask: tuple[Question, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
