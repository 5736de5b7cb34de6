"""What the first steps ask for: a section each, kept as every other section is."""

from dataclasses import dataclass
from typing import ClassVar

from network.clinicians.actions.profile import Section, Terms


@dataclass(frozen=True)
class You(Section):
    section: ClassVar[str] = "person"
    name: str
    credentials: str
    profession: str
    gender: str
    npi: str


@dataclass(frozen=True)
class Seen(Section):
    section: ClassVar[str] = "clients"
    age_groups: Terms
    participants: Terms


@dataclass(frozen=True)
class Meeting(Section):
    section: ClassVar[str] = "clients"
    formats: Terms
    acuity_min: int
    acuity_max: int
