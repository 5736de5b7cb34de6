"""How a moment to come is said, by the clock of whoever reads it; and how a span is."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

NEAR = ("today", "tomorrow")
UNITS = {"day": 24 * 3600, "hour": 3600, "minute": 60, "second": 1}


def when(at: datetime) -> str:
    """As it is chosen: “tomorrow, 8:00”, or “on Monday 30 November, 8:00”."""
    local, today = timezone.localtime(at), timezone.localdate()
    days = (local.date() - today).days
    hour = date_format(local, "G:i")
    if 0 <= days < len(NEAR):
        return f"{NEAR[days]}, {hour}"
    year = "" if local.year == today.year else " Y"
    return f"on {date_format(local, f'l j F{year}')}, {hour}"


def lasting(seconds: int) -> str:
    """To the second: “3 hours”, “1 day 12 hours”."""
    said = []
    for unit, span in UNITS.items():
        count, seconds = divmod(seconds, span)
        if count:
            said.append(f"{count} {unit}{'s' if count > 1 else ''}")
    return " ".join(said)
