"""The lists inside a line: licences, skills, openings, each as rows not yet saved."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.timezone import localdate

from network.clinicians.actions.places import Address
from network.clinicians.geography import find_zip
from network.clinicians.models import (
    Absence,
    ApproachSkill,
    LanguageSkill,
    Licence,
    NotForMe,
    Opening,
    Privilege,
    Programme,
    SpecialtySkill,
)
from network.clinicians.reach import EVERYWHERE
from network.clinicians.roster import values
from network.clinicians.roster.values import Note

Read = Callable[[Any, str, Note], Model | None]
MANY = 1000


def licence(value: Any, path: str, note: Note) -> Licence | None:
    """A date that cannot be read would make the licence endless: it is left out."""
    item = values.mapping(value, path, note)
    state = item and values.one_term(item.get("state"), "states", f"{path}.state", note)
    if not item or not state:
        return None
    expires = _day(item, "expires", path, note)
    if expires is None and item.get("expires") is not None:
        return None
    return Licence(
        state=state,
        type=_text(item, "type", path, note, 40),
        number=_text(item, "number", path, note, 40),
        expires_on=expires,
    )


def privilege(value: Any, path: str, note: Note) -> Privilege | None:
    item = values.mapping(value, path, note)
    if item is None:
        return None
    compact = values.one_term(item.get("compact"), "compacts", f"{path}.compact", note)
    home = values.one_term(item.get("home_state"), "states", f"{path}.home_state", note)
    first, last = _day(item, "from", path, note), _day(item, "to", path, note)
    if not compact or not home:
        return None
    if first and last and last < first:
        note(path, "ends before it begins")
        return None
    return Privilege(
        compact=compact,
        home_state=home,
        jurisdictions=_jurisdictions(item, path, note),
        valid_from=first,
        valid_to=last,
    )


def specialty(value: Any, path: str, note: Note) -> SpecialtySkill | None:
    term = values.one_term(value, "specialties", path, note)
    if not term:
        return None
    return SpecialtySkill(term=term, depth=_depth(value, path, note))


def approach(value: Any, path: str, note: Note) -> ApproachSkill | None:
    term = values.one_term(value, "approaches", path, note)
    if not term:
        return None
    return ApproachSkill(term=term, depth=_depth(value, path, note))


def language(value: Any, path: str, note: Note) -> LanguageSkill | None:
    term = values.one_term(value, "languages", path, note)
    if not term:
        return None
    said = value.get("level") if isinstance(value, dict) else None
    at = f"{path}.level"
    level = said and values.one_term(said, "language_levels", at, note)
    return LanguageSkill(term=term, level=level or "full")


def exclusion(value: Any, path: str, note: Note) -> NotForMe | None:
    """The list may be named; else the first list that knows the term has it."""
    named = value.get("list") if isinstance(value, dict) else None
    if named is not None and named not in NotForMe.LISTS:
        note(f"{path}.list", f"should be one of {', '.join(NotForMe.LISTS)}")
        return None
    typed = value.get("term") if isinstance(value, dict) else value
    if not isinstance(typed, str):
        note(path, f"should be a term, not {values.shown(typed)}")
        return None
    for name in [named] if named else NotForMe.LISTS:
        if slug := values.find_term(name, typed)[0]:
            return NotForMe(list=name, term=slug)
    note(path, f"“{typed[: values.SHOWN]}” is not a known term")
    return None


def opening(value: Any, path: str, note: Note) -> Opening | None:
    """Without the day on which it was confirmed nobody can believe it."""
    item = values.mapping(value, path, note)
    if item is None:
        return None
    confirmed = values.day(item.get("confirmed"), f"{path}.confirmed", note)
    at = f"{path}.count"
    count = values.number(item.get("count", 1), at, note, 0, MANY)
    if confirmed is None or count is None:
        return None
    if confirmed > localdate():
        note(f"{path}.confirmed", f"{confirmed} is still to come")
        return None
    return Opening(
        slots=_terms(item, "slots", "slots", path, note),
        format=_term(item, "format", "formats", path, note),
        payer=_term(item, "payer", "payers", path, note),
        count=count,
        available_on=_day(item, "from", path, note),
        confirmed_on=confirmed,
    )


def absence(value: Any, path: str, note: Note) -> Absence | None:
    item = values.mapping(value, path, note)
    if item is None:
        return None
    first = values.day(item.get("from"), f"{path}.from", note)
    last = values.day(item.get("to"), f"{path}.to", note)
    if first is None or last is None:
        return None
    if last < first:
        note(path, "ends before it begins")
        return None
    return Absence(starts_on=first, ends_on=last)


def programme(value: Any, path: str, note: Note) -> Programme | None:
    item = values.mapping(value, path, note)
    name = item and values.one_line(item.get("name"), f"{path}.name", note, 120)
    if not item or not name:
        return None
    return Programme(
        name=name,
        levels_of_care=_terms(item, "levels_of_care", "levels_of_care", path, note),
        intake_phone=_text(item, "intake_phone", path, note, 30),
        places_open=_number(item, "places_open", path, note),
        confirmed_on=_day(item, "confirmed", path, note),
    )


def address(value: Any, path: str, note: Note) -> Address | None:
    """An unknown ZIP is kept and reported: the place is real, its distance unknown."""
    item = values.mapping(value, path, note)
    if item is None:
        return None
    zip_code = _text(item, "zip", path, note, 10)[:5]
    if find_zip(zip_code) is None:
        note(f"{path}.zip", f"{values.shown(item.get('zip'))} is not a known ZIP")
    return Address(
        name=_text(item, "name", path, note, 120),
        street=_text(item, "street", path, note, 120),
        zip=zip_code,
        phone=_text(item, "phone", path, note, 30),
    )


def _jurisdictions(item: dict[str, Any], path: str, note: Note) -> list[str]:
    said = item.get("jurisdictions", [EVERYWHERE])
    if said in (EVERYWHERE, [EVERYWHERE]):
        return [EVERYWHERE]
    return values.terms(said, "states", f"{path}.jurisdictions", note)


def _depth(value: Any, path: str, note: Note) -> str:
    said = value.get("depth") if isinstance(value, dict) else None
    if said is None:
        return "trained"
    at = f"{path}.depth"
    return values.one_term(said, "depths", at, note) or "interest"


def _text(item: dict[str, Any], key: str, path: str, note: Note, limit: int) -> str:
    if item.get(key) is None:
        return ""
    return values.one_line(item[key], f"{path}.{key}", note, limit) or ""


def _day(item: dict[str, Any], key: str, path: str, note: Note) -> date | None:
    said = item.get(key)
    return None if said is None else values.day(said, f"{path}.{key}", note)


def _number(item: dict[str, Any], key: str, path: str, note: Note) -> int | None:
    said = item.get(key)
    return said and values.number(said, f"{path}.{key}", note, 0, MANY)


def _term(item: dict[str, Any], key: str, lists: str, path: str, note: Note) -> str:
    said = item.get(key)
    return (said and values.one_term(said, lists, f"{path}.{key}", note)) or ""


def _terms(
    item: dict[str, Any], key: str, lists: str, path: str, note: Note
) -> list[str]:
    said = item.get(key)
    return [] if said is None else values.terms(said, lists, f"{path}.{key}", note)
