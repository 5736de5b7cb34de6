"""The matching engine: one need in, the colleagues who fit out, and why."""

from network.clinicians.matching.cursor import StaleCursorError
from network.clinicians.matching.engine import match
from network.clinicians.matching.need import Need
from network.clinicians.matching.results import (
    Count,
    Match,
    Matches,
    Part,
    Relaxation,
    Total,
    Unclaimed,
)

__all__ = [
    "Count",
    "Match",
    "Matches",
    "Need",
    "Part",
    "Relaxation",
    "StaleCursorError",
    "Total",
    "Unclaimed",
    "match",
]
