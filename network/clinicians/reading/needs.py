"""From what was found to a need without contradictions.

Wishes that nobody spelt out: the first problem named, the age, the payer, a language
and who is in the room are musts; everything else is preferred.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from network.clinicians.reading.page import Finding
from network.clinicians.reading.timetable import openings_of

MUSTS = frozenset({"age_group", "participants", "languages", "payment"})
SINGLE = ("age_group", "participants", "gender", "faith", "level_of_care", "format")
MANY = ("specialties", "approaches", "languages", "communities", "risk")
OUTRIGHT = 0.8
Need = dict[str, Any]


def need_of(findings: Iterable[Finding]) -> Need:
    by_field: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_field[finding.field].append(finding)
    parts = {
        field: BUILDERS[field](found)
        for field, found in by_field.items()
        if field in BUILDERS
    }
    return {field: part for field, part in parts.items() if part}


def led_by_its_problem(findings: list[Finding]) -> list[Finding]:
    """The first problem that was stated outright is what the search is about."""
    refused = {each.term for each in findings if each.wish == "avoid"}
    for at, each in enumerate(findings):
        if each.field == "specialties" and not each.wish and each.certainty > OUTRIGHT:
            if each.term not in refused:
                findings[at] = each.with_wish("must", each.certainty)
            break
    return findings


def wish_of(finding: Finding) -> str:
    return finding.wish or ("must" if finding.field in MUSTS else "prefer")


def strongest(found: list[Finding]) -> str:
    wishes = {wish_of(each) for each in found}
    return "must" if "must" in wishes else "prefer"


def terms(found: list[Finding]) -> list[dict[str, Any]]:
    """Each term once. Wanted and refused: a must wins, else the refusal."""
    wishes: dict[str, dict[str, Any]] = {}
    for each in found:
        entry = wishes.setdefault(each.term, {"term": each.term, "wish": ""})
        entry["wish"] = stronger(entry["wish"], each.wish)
        entry.update(each.value)
    for entry in wishes.values():
        entry["wish"] = entry["wish"] or wish_of_field(found[0].field)
        if entry["wish"] == "avoid":
            entry.pop("depth", None)
    return list(wishes.values())


def wish_of_field(field: str) -> str:
    return "must" if field in MUSTS else "prefer"


def stronger(one: str, other: str) -> str:
    order = ("must", "avoid", "prefer", "")
    return min(one, other, key=order.index)


def single(found: list[Finding]) -> dict[str, Any]:
    best = max(found, key=lambda each: each.certainty)
    return {"term": best.term, "wish": strongest(found)}


def acuity(found: list[Finding]) -> dict[str, Any]:
    return {"level": max(int(each.term) for each in found), "wish": strongest(found)}


def style(found: list[Finding]) -> list[dict[str, Any]]:
    axes = {each.term: {"axis": each.term, **each.value} for each in reversed(found)}
    return [
        {**axis, "wish": "must" if any_must(found, axis["axis"]) else "prefer"}
        for axis in reversed(axes.values())
    ]


def any_must(found: list[Finding], term: str) -> bool:
    return any(each.wish == "must" for each in found if each.term == term)


def payment(found: list[Finding]) -> dict[str, Any]:
    """The first payer, the lowest fee; only words like "sliding scale" are soft."""
    part: dict[str, Any] = {}
    for each in reversed(found):
        part.update(each.value)
    fees = [each.value["max_fee"] for each in found if "max_fee" in each.value]
    if fees:
        part["max_fee"] = min(fees)
    firm = [
        each for each in found if each.value.keys() & {"payer", "network", "max_fee"}
    ]
    return {**part, "wish": strongest(firm) if firm else soft(found)}


def soft(found: list[Finding]) -> str:
    return "must" if any(each.wish == "must" for each in found) else "prefer"


def place(found: list[Finding]) -> dict[str, Any]:
    part: dict[str, Any] = {}
    for each in reversed(found):
        part.update(
            {
                key: each.value[key]
                for key in each.value
                if key not in {"near", "alternative"}
            }
        )
    part["mode"] = mode_of(found)
    if "zip" not in part:
        part.pop("radius_miles", None)
    elif part["mode"] != "telehealth":
        part.setdefault("radius_miles", 15)
    if all(each.value.keys() == {"radius_miles"} for each in found):
        return {}
    return {**part, "wish": soft(found)}


def mode_of(found: list[Finding]) -> str:
    """A ZIP code or a town without a word about video means a room there."""
    modes: set[str] = {each.value["mode"] for each in found if "mode" in each.value}
    rooms = {key for each in found for key in each.value} & {"zip", "radius_miles"}
    if modes == {"telehealth"} and rooms and joined(found):
        return "either"
    if len(modes) == 1:
        return next(iter(modes))
    return "either" if modes or not rooms else "in_person"


def joined(found: list[Finding]) -> bool:
    """ "10583 or telehealth": offered as alternatives, or with miles given."""
    return any(
        "radius_miles" in each.value or each.value.get("alternative") for each in found
    )


def exclude(_: list[Finding]) -> dict[str, Any]:
    return {"own_practice": True}


def reasons(found: list[Finding]) -> list[str]:
    return list(dict.fromkeys(each.term for each in found))


def kind(found: list[Finding]) -> str:
    return found[0].term


BUILDERS: Mapping[str, Callable[[list[Finding]], Any]] = {
    **dict.fromkeys(MANY, terms),
    **dict.fromkeys(SINGLE, single),
    "acuity": acuity,
    "style": style,
    "place": place,
    "openings": openings_of,
    "payment": payment,
    "exclude": exclude,
    "reasons": reasons,
    "kind": kind,
}
