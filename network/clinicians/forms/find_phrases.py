"""Criteria in a few words, as a colleague would say them."""

from collections.abc import Iterable, Mapping
from typing import Any

from network.clinicians import vocabulary

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "midday", "afternoon", "evening")
PLURALS = {
    "morning": "mornings",
    "midday": "middays",
    "afternoon": "afternoons",
    "evening": "evenings",
}
ACUITY = (
    "growth, maintenance",
    "mild",
    "moderate",
    "severe or complex",
    "imminent risk",
)


def slots_phrase(slots: Iterable[str]) -> str:
    """“evenings”, “Tue & Thu evening”, “Sat & Sun any time”."""
    days_of = _days_by_part(slots)
    phrases = []
    for days in dict.fromkeys(days_of.values()):
        parts = [part for part in PARTS if days_of.get(part) == days]
        phrases.append(_days_and_parts(days, parts))
    return ", ".join(phrases)


def _days_by_part(slots: Iterable[str]) -> dict[str, tuple[str, ...]]:
    pairs = {tuple(slot.split("-", 1)) for slot in slots}
    found = {part: tuple(day for day in DAYS if (day, part) in pairs) for part in PARTS}
    return {part: days for part, days in found.items() if days}


def _days_and_parts(days: tuple[str, ...], parts: list[str]) -> str:
    if len(parts) == len(PARTS):
        return "any time" if days == DAYS else f"{_day_names(days)} any time"
    if days == DAYS:
        return " & ".join(PLURALS[part] for part in parts)
    if days == DAYS[:5]:
        return "weekday " + " & ".join(PLURALS[part] for part in parts)
    return f"{_day_names(days)} {' & '.join(parts)}"


def _day_names(days: tuple[str, ...]) -> str:
    *first, last = (day.capitalize() for day in days)
    return f"{', '.join(first)} & {last}" if first else last


def openings_phrase(openings: Mapping[str, Any]) -> str:
    weeks = openings.get("within_weeks")
    within = f"within {weeks} week{'' if weeks == 1 else 's'}" if weeks else ""
    slots = slots_phrase(openings.get("slots") or ())
    return ", ".join(filter(None, (slots, within))) or "an opening"


def place_phrase(place: Mapping[str, Any]) -> str:
    """“≤15 mi of 10583 or telehealth NY”."""
    mode = place.get("mode") or "either"
    spots = []
    if mode != "telehealth":
        spots.append(_near(place))
    if mode != "in_person":
        spots.append(f"telehealth {place.get('state') or ''}".strip())
    return " or ".join(spots)


def _near(place: Mapping[str, Any]) -> str:
    if not place.get("zip"):
        return f"in person {place.get('state') or ''}".strip()
    radius = place.get("radius_miles")
    return f"≤{radius} mi of {place['zip']}" if radius else f"near {place['zip']}"


def payment_phrase(payment: Mapping[str, Any]) -> str:
    parts = [
        vocabulary.label("payers", payment["payer"]) if payment.get("payer") else "",
        vocabulary.label("networks", payment["network"])
        if payment.get("network")
        else "",
        payment.get("plan") or "",
        f"≤${payment['max_fee']}" if payment.get("max_fee") is not None else "",
        "sliding scale" if payment.get("sliding_scale") else "",
        "superbill" if payment.get("superbill") else "",
    ]
    return ", ".join(filter(None, parts)) or "payment"


def exclude_phrase(exclude: Mapping[str, Any]) -> str:
    people = len(exclude.get("clinicians") or ())
    practices = len(exclude.get("practices") or ())
    parts = [
        _count(people, "person", "people"),
        _count(practices, "practice", "practices"),
        "my own practice" if exclude.get("own_practice") else "",
    ]
    return "without " + ", ".join(filter(None, parts))


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}" if number else ""
