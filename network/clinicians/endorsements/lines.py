"""An endorsement as a line of a list, and lines under their specialty."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from network.clinicians import vocabulary
from network.clinicians.endorsements.evidence import GROUNDS, Evidence
from network.clinicians.models import Endorsement


@dataclass(frozen=True)
class Line:
    endorsement: Endorsement
    on: date

    @property
    def specialty(self) -> str:
        return vocabulary.label("specialties", self.endorsement.specialty)

    @property
    def ground(self) -> str:
        """“co-treated, 2023 to 2025”."""
        one = self.endorsement
        years = dict.fromkeys((str(one.from_year), str(one.to_year)))
        return f"{GROUNDS[Endorsement.Basis(one.basis)]}, {' to '.join(years)}"

    @property
    def is_faded(self) -> bool:
        return self.strength == 0

    @property
    def is_fading(self) -> bool:
        return self.endorsement.is_fading(self.on) and not self.is_faded

    @property
    def strength(self) -> int:
        return self.endorsement.strength(self.on)

    @property
    def is_mutual(self) -> bool:
        return bool(getattr(self.endorsement, "is_mutual", False))


@dataclass(frozen=True)
class Group:
    """What colleagues say of one specialty."""

    evidence: Evidence
    lines: tuple[Line, ...]


def lines_of(endorsements: Iterable[Endorsement], on: date) -> list[Line]:
    return [Line(one, on) for one in endorsements]


def groups_of(endorsements: Iterable[Endorsement], on: date) -> list[Group]:
    """They come ordered by specialty."""
    grouped = groupby(endorsements, key=lambda one: one.specialty)
    return [_group(term, list(held), on) for term, held in grouped]


def _group(term: str, held: list[Endorsement], on: date) -> Group:
    evidence = Evidence(term, Counter(one.basis for one in held))
    return Group(evidence, tuple(lines_of(held, on)))
