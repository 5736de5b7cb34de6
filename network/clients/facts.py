"""What may be said of a client, in fields that can hold no identifier."""

from collections.abc import Iterator, Mapping
from functools import cache

from django.utils import timezone

from network.clinicians.geography import zip_codes
from network.privacy.regions import is_populous

FIRST_YEAR = 1950
FEW = "20,000 people or fewer live there: name the state alone."
ELSEWHERE = "No ZIP of this state begins so."
STATE_FIRST = "Name the state first."
NO_ZIP3 = "Three digits: the beginning of the ZIP, and no more of it."


def years() -> range:
    """From this one back."""
    return range(timezone.localdate().year, FIRST_YEAR - 1, -1)


def faults(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Field and sentence; of the region, which no single field can judge."""
    zip3, state = said.get("zip3", ""), said.get("state", "")
    if not zip3:
        return
    if not (zip3.isascii() and zip3.isdigit() and len(zip3) == 3):
        yield "zip3", NO_ZIP3
    elif not state:
        yield "state", STATE_FIRST
    elif not is_populous(zip3):
        yield "zip3", FEW
    elif state not in _states().get(zip3, ()):
        yield "zip3", ELSEWHERE


@cache
def _states() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in zip_codes().values():
        found.setdefault(entry.code[:3], set()).add(entry.state)
    return found
