"""What needs a clinician today, and the one step that helps most."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from network.clinicians.models import Clinician


@dataclass(frozen=True)
class Step:
    """One line of the agenda: what it is, why it matters, where it is done."""

    title: str
    why: str
    verb: str
    address: str
    icon: str


def steps(clinician: Clinician | None) -> list[Step]:
    """Whatever waits for her, the first being the next thing to do."""
    if clinician is None:
        return []
    return [step for step in _profile_steps(clinician) if step.address]


def _profile_steps(clinician: Clinician) -> Iterator[Step]:
    if not clinician.specialty_skills.exists():
        yield Step(
            "Say what you are good at",
            "Specialties, and how deep each goes, are what a search looks at first.",
            "Add specialties",
            _address("clinicians:profile"),
            "list-checks",
        )
    if not clinician.licences.exists():
        yield Step(
            "Add your licence",
            "It decides which clients may be sent to you, in person and by telehealth.",
            "Add a licence",
            _address("clinicians:profile"),
            "shield-check",
        )


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
