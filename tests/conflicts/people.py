"""Registers as the tests tell them: by the actions of the product."""

from network.clinicians.actions.conflicts import Draft, keep_conflict
from network.clinicians.models import Clinician, ConflictEntry
from tests.messaging.saying import her


def noted(
    owner: Clinician, label: str, born: int | None = None, kind: str = "person"
) -> ConflictEntry:
    return keep_conflict(owner, Draft(kind, label, born), by=her(owner))
