"""The entries of a week, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils import timezone

from home.week import referrals, standing
from home.week.entry import Entry
from home.week.span import Span
from network.clinicians.models import Clinician

SOURCES = (
    referrals.sessions,
    referrals.clocks,
    standing.consents,
    standing.openings,
    standing.credentials,
)


@dataclass(frozen=True)
class Day:
    date: date
    entries: Sequence[Entry]
    is_today: bool


def days_of(me: Clinician, span: Span) -> list[Day]:
    """Those on which something is, and today."""
    found = list(chain.from_iterable(source(me, span) for source in SOURCES))
    today = timezone.localdate()
    days = [Day(day, _of(day, found), day == today) for day in span.days]
    return [day for day in days if day.entries or (day.is_today and found)]


def _of(day: date, entries: Sequence[Entry]) -> list[Entry]:
    """What is all day long first, then by the clock."""
    mine = [one for one in entries if one.day == day]
    whole = [one for one in mine if one.at is None]
    timed = [(one.at, one.what, one) for one in mine if one.at is not None]
    return [*whole, *(one for *_, one in sorted(timed, key=lambda each: each[:2]))]
