"""A need in few words, so that a table of sentences can be read."""

from collections.abc import Callable, Mapping
from typing import Any

LISTS = ("specialties", "approaches", "languages", "communities", "risk")
TERMS = ("age_group", "participants", "gender", "faith", "level_of_care", "format")
FLAGS = ("sliding_scale", "superbill")


def rendered(need: Mapping[str, Any]) -> dict[str, str]:
    """ "ocd! tics -cbt": a must, a wish, what is avoided."""
    return {field: part_rendered(field, part) for field, part in need.items()}


def part_rendered(field: str, part: Any) -> str:
    if field in LISTS:
        return " ".join(map(term_rendered, part))
    if field in TERMS:
        return term_rendered(part)
    return OTHERS.get(field, str)(part)


def term_rendered(entry: Mapping[str, Any]) -> str:
    depth = f":{entry['depth']}" if "depth" in entry else ""
    before, after = {"must": ("", "!"), "avoid": ("-", "")}.get(entry["wish"], ("", ""))
    return f"{before}{entry['term']}{depth}{after}"


def exclamation(part: Mapping[str, Any]) -> str:
    return "!" if part["wish"] == "must" else ""


def place_rendered(part: Mapping[str, Any]) -> str:
    miles = f"{part['radius_miles']}mi" if "radius_miles" in part else ""
    words = (part["mode"], part.get("zip", ""), miles, part.get("state", ""))
    return " ".join(filter(None, words)) + exclamation(part)


def openings_rendered(part: Mapping[str, Any]) -> str:
    weeks = [f"{part['within_weeks']}w"] if "within_weeks" in part else []
    return " ".join([*weeks, *days_rendered(part.get("slots", []))]) + exclamation(part)


def days_rendered(slots: list[str]) -> list[str]:
    """The parts of the day by day: "tue+thu-evening"."""
    by_part: dict[str, list[str]] = {}
    for slot in slots:
        day, part = slot.split("-")
        by_part.setdefault(part, []).append(day)
    return [f"{'+'.join(days)}-{part}" for part, days in by_part.items()]


def payment_rendered(part: Mapping[str, Any]) -> str:
    fee = f"≤{part['max_fee']}" if "max_fee" in part else ""
    words = (part.get("payer", ""), part.get("network", ""), fee)
    flags = [flag for flag in FLAGS if part.get(flag)]
    return " ".join(filter(None, [*words, *flags])) + exclamation(part)


def acuity_rendered(part: Mapping[str, Any]) -> str:
    return f"{part['level']}{exclamation(part)}"


def style_rendered(part: list[Mapping[str, Any]]) -> str:
    return " ".join(f"{each['axis']}{each['value']}" for each in part)


def exclude_rendered(part: Mapping[str, Any]) -> str:
    return " ".join(part)


def reasons_rendered(part: list[str]) -> str:
    return " ".join(part)


OTHERS: Mapping[str, Callable[[Any], str]] = {
    "place": place_rendered,
    "openings": openings_rendered,
    "payment": payment_rendered,
    "acuity": acuity_rendered,
    "style": style_rendered,
    "exclude": exclude_rendered,
    "reasons": reasons_rendered,
}
