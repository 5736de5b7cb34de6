"""From one object of JSON to an entry; what does not resolve is noted by its path."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model

from network.clinicians import vocabulary
from network.clinicians.models import (
    Absence,
    ApproachSkill,
    Clinician,
    LanguageSkill,
    Licence,
    NotForMe,
    Opening,
    Privilege,
    Programme,
    SpecialtySkill,
)
from network.clinicians.npi import is_npi
from network.clinicians.roster import rows, values
from network.clinicians.roster.entry import Entry
from network.clinicians.roster.values import Note

Column = Callable[[Any, str, Note], Any]


def read_entry(said: Mapping[str, Any], line: int, note: Note) -> Entry | None:
    """Nothing without a name and a profession; those are noted as well."""
    given = {key: value for key, value in said.items() if value is not None}
    entry = Entry(line)
    entry.columns = _columns(given, note)
    if not entry.columns.get("name") or not entry.columns.get("profession"):
        for key in ("name", "profession"):
            if key not in given or given[key] == "":
                note(key, "is missing")
        return None
    entry.columns |= _ranges(given, note)
    entry.rows = {
        model: _distinct(read, given[key], key, note)
        for key, (model, read) in ROWS.items()
        if key in given
    }
    entry.addresses = _addresses(given, note)
    entry.email = _email(given, note)
    entry.vouched = bool(_flag(given, "verified", note))
    for key in given.keys() - KNOWN:
        note(key, "is not a key of this form")
    return entry


def _columns(given: Mapping[str, Any], note: Note) -> dict[str, Any]:
    read = (
        (column, reader(given[key], key, note))
        for key, (column, reader) in COLUMNS.items()
        if key in given
    )
    return {column: value for column, value in read if value is not None}


def _ranges(given: Mapping[str, Any], note: Note) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "acuity" in given:
        found |= _range(given["acuity"], "acuity", note, 4, (0, 4))
    if "fee" in given:
        found |= _range(given["fee"], "fee", note, 32_000, (None, None))
    return found


def _range(
    value: Any, key: str, note: Note, high: int, absent: tuple[int | None, int | None]
) -> dict[str, Any]:
    item = values.mapping(value, key, note)
    if item is None:
        return {}
    ends = [
        values.number(item[end], f"{key}.{end}", note, 0, high)
        if item.get(end) is not None
        else default
        for end, default in zip(("min", "max"), absent, strict=True)
    ]
    if None not in ends and ends[0] > ends[1]:  # type: ignore[operator]
        note(key, "ends below its beginning")
        return {}
    if None in ends and absent[0] is not None:
        return {}
    return {f"{key}_min": ends[0], f"{key}_max": ends[1]}


def _distinct(read: rows.Read, value: Any, key: str, note: Note) -> list[Model]:
    """The deeper of two claims for one term, and nothing twice."""
    found = [read(item, at, note) for at, item in values.items(value, key, note)]
    kept: dict[Any, Model] = {}
    for row in found:
        if row is not None and _outweighs(row, kept.get(_identity(row))):
            kept[_identity(row)] = row
    return list(kept.values())


def _identity(row: Model) -> Any:
    match row:
        case Licence():
            return row.state, row.type, row.number
        case NotForMe():
            return row.list, row.term
        case SpecialtySkill() | ApproachSkill() | LanguageSkill():
            return row.term
    return id(row)


def _outweighs(row: Model, other: Model | None) -> bool:
    if other is None:
        return True
    depth = getattr(row, "depth", None)
    return depth is not None and _rank(depth) > _rank(getattr(other, "depth", depth))


def _rank(depth: str) -> int:
    return vocabulary.term("depths", depth).number


def _addresses(given: Mapping[str, Any], note: Note) -> list[Any] | None:
    if "practices" not in given:
        return None
    read = (
        rows.address(item, at, note)
        for at, item in values.items(given["practices"], "practices", note)
    )
    return list(dict.fromkeys(filter(None, read)))


def _email(given: Mapping[str, Any], note: Note) -> str:
    if "email" not in given:
        return ""
    typed = values.one_line(given["email"], "email", note, 254) or ""
    try:
        validate_email(typed)
    except ValidationError:
        note("email", f"{values.shown(given['email'])} is not an e-mail address")
        return ""
    return typed.lower()


def _flag(given: Mapping[str, Any], key: str, note: Note) -> bool | None:
    return values.flag(given[key], key, note) if key in given else None


def _npi(value: Any, path: str, note: Note) -> str | None:
    typed = values.one_line(value, path, note, 10)
    if typed and not is_npi(typed):
        note(path, f"“{typed}” is not an NPI: the check digit does not fit")
        return None
    return typed


def _external_id(value: Any, path: str, note: Note) -> str | None:
    return values.one_line(value, path, note, 80) or None


def _text(limit: int) -> Column:
    return lambda value, path, note: values.one_line(value, path, note, limit)


def _bio(value: Any, path: str, note: Note) -> str | None:
    return values.text(value, path, note, 2000)


def _term(name: str) -> Column:
    return lambda value, path, note: values.one_term(value, name, path, note)


def _terms(name: str) -> Column:
    return lambda value, path, note: values.terms(value, name, path, note)


def _styles(value: Any, path: str, note: Note) -> dict[str, int]:
    """Either {"structured": 4} or [{"axis": "structured", "value": 4}]."""
    found: dict[str, int] = {}
    for at, axis, level in _style_pairs(value, path, note):
        slug = values.one_term(axis, "styles", at, note)
        number = values.number(level, at, note, 1, 5)
        if slug and number is not None:
            found[slug] = number
    return found


def _style_pairs(value: Any, path: str, note: Note) -> Iterable[tuple[str, Any, Any]]:
    if isinstance(value, dict):
        return [(f"{path}.{axis}", axis, level) for axis, level in value.items()]
    listed = (
        (at, values.mapping(item, at, note))
        for at, item in values.items(value, path, note)
    )
    return [(at, item.get("axis"), item.get("value")) for at, item in listed if item]


def _hidden(value: Any, path: str, note: Note) -> list[str]:
    found = []
    for at, item in values.items(value, path, note):
        if item in Clinician.HIDEABLE:
            found.append(item)
        else:
            note(at, f"{values.shown(item)} is not a field that can be hidden")
    return list(dict.fromkeys(found))


def _stage(value: Any, path: str, note: Note) -> str | None:
    if value in Clinician.Stage.values:
        return str(value)
    note(path, f"{values.shown(value)} is neither independent nor associate")
    return None


COLUMNS: Mapping[str, tuple[str, Column]] = {
    "external_id": ("external_id", _external_id),
    "name": ("name", _text(120)),
    "profession": ("profession", _term("professions")),
    "npi": ("npi", _npi),
    "credentials": ("credentials", _text(80)),
    "stage": ("stage", _stage),
    "pronouns": ("pronouns", _text(40)),
    "taxonomy": ("taxonomy", _term("taxonomies")),
    "gender": ("gender", _term("genders")),
    "phone": ("phone", _text(30)),
    "bio": ("bio", _bio),
    "accepting": ("accepting", values.flag),
    "age_groups": ("age_groups", _terms("age_groups")),
    "participants": ("participants", _terms("participants")),
    "formats": ("formats", _terms("formats")),
    "communities": ("communities", _terms("communities")),
    "identities": ("identities", _terms("communities")),
    "faith": ("faiths", _terms("faiths")),
    "access": ("access", _terms("access")),
    "risks": ("risks", _terms("risks")),
    "levels_of_care": ("levels_of_care", _terms("levels_of_care")),
    "styles": ("styles", _styles),
    "payers": ("payers", _terms("payers")),
    "networks": ("networks", _terms("networks")),
    "sliding_scale": ("sliding_scale", values.flag),
    "superbill": ("superbill", values.flag),
    "hidden": ("hidden_fields", _hidden),
}
ROWS: Mapping[str, tuple[type[Model], rows.Read]] = {
    "licences": (Licence, rows.licence),
    "compacts": (Privilege, rows.privilege),
    "specialties": (SpecialtySkill, rows.specialty),
    "approaches": (ApproachSkill, rows.approach),
    "languages": (LanguageSkill, rows.language),
    "not_for_me": (NotForMe, rows.exclusion),
    "openings": (Opening, rows.opening),
    "absences": (Absence, rows.absence),
    "programmes": (Programme, rows.programme),
}
KNOWN = {*COLUMNS, *ROWS, "acuity", "fee", "practices", "email", "verified"}
