"""What a search answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Part:
    """One wish: its weight, its value of a thousand, their product, and the reason."""

    criterion: str
    term: str | None
    weight: int
    value: int
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """One clinician; the points of the parts add up to the score exactly."""

    clinician_id: UUID
    external_id: str | None
    npi: str | None
    name: str
    card: Mapping[str, Any]
    score: int
    weight_total: int
    parts: tuple[Part, ...]

    @property
    def share(self) -> float:
        """The score as a part of one, for the eye."""
        return round(self.score / self.weight_total, 2) if self.weight_total else 0.0


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Somebody listed whom nobody vouches for: not scored, and marked."""

    clinician_id: UUID
    external_id: str | None
    npi: str | None
    name: str
    card: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Total:
    value: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What one must, made softer, would yield; `capped` means at least so many."""

    path: str
    change: str  # "prefer" or "radius"
    yields: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Count:
    term: str
    count: int


@dataclass(frozen=True, slots=True)
class Matches:
    total: Total
    results: tuple[Match, ...]
    relaxations: tuple[Relaxation, ...]
    facets: Mapping[str, tuple[Count, ...]]
    reach_checked: bool
    next: str | None
    unclaimed: tuple[Unclaimed, ...] = ()
