"""What the guard says: words of a text that could tell who somebody is."""

from typing import NamedTuple

NAME, DATE, AGE, PHONE, EMAIL, SSN = "NAME", "DATE", "AGE", "PHONE", "EMAIL", "SSN"
ID, ADDRESS, LOCATION, URL, ORG = "ID", "ADDRESS", "LOCATION", "URL", "ORG"
COMBINATION = "COMBINATION"
DIRECT = frozenset({NAME, PHONE, EMAIL, SSN, ID, ADDRESS, URL})
"""Each of these identifies by itself."""
HIGH, MEDIUM, LOW = "high", "medium", "low"
"""Identifies by itself; narrows it down to few; more exact than it need be."""


class Span(NamedTuple):
    """Code points from start to end, and what could stand there instead."""

    start: int
    end: int
    label: str
    level: str
    reason: str
    rewrite: str
