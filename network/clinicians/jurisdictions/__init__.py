"""What compacts allow, where, and since when: data with its source and date.

A date is the first day that the named source attests; earlier ones are not assumed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

DATA = Path(__file__).parent


@dataclass(frozen=True)
class Membership:
    """One jurisdiction in one compact: enacted is not yet operational."""

    jurisdiction: str
    enacted_on: date | None
    operational_on: date | None
    ended_on: date | None
    source: str
    checked_on: date

    def is_operational(self, on: date) -> bool:
        begun = self.operational_on is not None and self.operational_on <= on
        return begun and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True)
class Compact:
    """A compact as one of its privileges sees it."""

    slug: str
    name: str
    grants: str  # "telehealth", or "temporary" for visits in person
    professions: frozenset[str]
    needs_home_licence: bool
    members: Mapping[str, Membership]

    @property
    def checked_on(self) -> date:
        """As of when the whole of it is known: the oldest check counts."""
        return min(member.checked_on for member in self.members.values())

    @property
    def turning_days(self) -> frozenset[date]:
        """The days on which somebody's membership begins or ends."""
        days = (
            day
            for member in self.members.values()
            for day in (member.operational_on, member.ended_on)
        )
        return frozenset(day for day in days if day)


@cache
def compacts() -> Mapping[str, Compact]:
    """Every privilege of every compact, by slug."""
    found = (
        compact
        for path in sorted(DATA.glob("*.json"))
        for compact in _read(json.loads(path.read_text("utf-8")))
    )
    return MappingProxyType({compact.slug: compact for compact in found})


@cache
def operational(slug: str, on: date) -> frozenset[str]:
    """The jurisdictions in which a privilege of this compact counts that day."""
    return frozenset(
        place
        for place, member in compacts()[slug].members.items()
        if member.is_operational(on)
    )


def _read(data: dict[str, Any]) -> list[Compact]:
    members = {entry["jurisdiction"]: _membership(entry) for entry in data["members"]}
    return [
        Compact(
            slug=slug,
            name=data["name"],
            grants=grants,
            professions=frozenset(data["professions"]),
            needs_home_licence=data["home_licence_must_be_active"],
            members=MappingProxyType(members),
        )
        for slug, grants in data["grants"].items()
    ]


def _membership(entry: dict[str, Any]) -> Membership:
    return Membership(
        jurisdiction=entry["jurisdiction"],
        enacted_on=_day(entry["enacted_on"]),
        operational_on=_day(entry["operational_on"]),
        ended_on=_day(entry["ended_on"]),
        source=entry["source"],
        checked_on=date.fromisoformat(entry["checked_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
