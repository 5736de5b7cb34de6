"""Values of a line of JSON, each read or reported: nobody knows what a file holds."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from network.clinicians import vocabulary

Note = Callable[[str, str], None]
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Long lists forgive a typing error; in short ones a wrong word is a wrong person.
FORGIVING = {"specialties", "approaches", "languages", "payers"}
SURE, LIKELY = 0.9, 0.8
SHOWN = 60


def text(value: Any, path: str, note: Note, limit: int) -> str | None:
    """A number is taken as its digits; whatever is too long is cut, and said so."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        note(path, f"should be text, not {shown(value)}")
        return None
    clean = UNPRINTABLE.sub("", value).strip()
    if len(clean) > limit:
        note(path, f"is longer than {limit} characters and was cut")
    return clean[:limit]


def one_line(value: Any, path: str, note: Note, limit: int) -> str | None:
    found = text(value, path, note, limit)
    return None if found is None else " ".join(found.split())


def number(value: Any, path: str, note: Note, low: int, high: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        note(path, f"should be a whole number, not {shown(value)}")
        return None
    if not low <= value <= high:
        note(path, f"should be from {low} to {high}, not {shown(value)}")
        return None
    return value


def flag(value: Any, path: str, note: Note) -> bool | None:
    if not isinstance(value, bool):
        note(path, f"should be true or false, not {shown(value)}")
        return None
    return value


def day(value: Any, path: str, note: Note) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        note(path, f"should be a day like 2026-11-20, not {shown(value)}")
        return None


def mapping(value: Any, path: str, note: Note) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        note(path, f"should be an object, not {shown(value)}")
        return None
    return value


def items(value: Any, path: str, note: Note) -> Iterator[tuple[str, Any]]:
    """Each with its path; a single value stands for a list of one."""
    if isinstance(value, bool | int | float):
        note(path, f"should be a list, not {shown(value)}")
        return
    for position, item in enumerate(value if isinstance(value, list) else [value]):
        yield f"{path}[{position}]", item


def one_term(value: Any, lists: str, path: str, note: Note) -> str | None:
    """A slug, a label or a synonym; the term may stand in an object of its own."""
    if isinstance(value, dict):
        value, path = value.get("term"), f"{path}.term"
    typed = one_line(value, path, note, 200)
    if typed is None:
        return None
    slug, reason = find_term(lists, typed)
    if not slug:
        note(path, reason)
    return slug or None


def terms(value: Any, lists: str, path: str, note: Note) -> list[str]:
    found = (one_term(item, lists, at, note) for at, item in items(value, path, note))
    return list(dict.fromkeys(filter(None, found)))


@lru_cache(maxsize=50_000)
def find_term(name: str, typed: str) -> tuple[str, str]:
    """The slug, or nothing and the reason."""
    for spelling in (typed, typed.lower(), typed.upper()):
        if spelling in vocabulary.slugs(name):
            term = vocabulary.term(name, spelling)
            return term.merged_into or term.slug, ""
    resolution = vocabulary.resolve(typed, lists=(name,))
    if resolution.ask or _is_tie(resolution):
        return "", f"“{typed[:SHOWN]}” could be {_either(resolution)}"
    enough = LIKELY if name in FORGIVING else SURE
    if resolution.best is None or resolution.best.certainty < enough:
        return "", f"“{typed[:SHOWN]}” is not one of the {name.replace('_', ' ')}"
    return resolution.best.term.slug, ""


def shown(value: Any) -> str:
    written = repr(value)
    return written if len(written) <= SHOWN else f"{written[: SHOWN - 1]}…"


def _is_tie(resolution: vocabulary.Resolution) -> bool:
    """A form that names two terms is not one of them."""
    first = [choice.certainty for choice in resolution.choices[:2]]
    return len(first) == 2 and first[0] == first[1]


def _either(resolution: vocabulary.Resolution) -> str:
    labels = [choice.term.label for choice in resolution.choices[:4]]
    return " or ".join(labels) or "several things"
