"""What is wrong with a need, field by field, in plain words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

_DAY = "This is no day: write it as 2026-11-30."
_MOMENT = "This is no moment: write it as 2026-11-30T17:00:00-05:00, with its zone."
# What pydantic would say is true, and written for programmers.
_PLAIN = {
    "extra_forbidden": "This field is not known here.",
    "missing": "This field is needed.",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "string_type": "This must be text.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "tuple_type": "This must be a list.",
    "list_type": "This must be a list.",
    "frozen_set_type": "This must be a list.",
    "literal_error": "This must be {expected}.",
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _MOMENT,
    "model_type": "This must be an object.",
    "model_attributes_type": "This must be an object.",
    "dict_type": "This must be an object.",
    "mapping_type": "This must be an object.",
    "json_invalid": "This is not JSON.",
    "enum": "This must be {expected}.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "too_long": "This is too long: {max_length} at most.",
    "string_pattern_mismatch": "This does not look right.",
    "uuid_parsing": "This is not the id of anybody.",
    "uuid_type": "This is not the id of anybody.",
    "string_unicode": "Please use printable characters.",
}
# Where a field takes something or an empty word, both say what is wrong: by these.
_WAYS = re.compile(r"(function-\w+|str-enum|literal)\[.*")
_EMPTY_WORD = "literal['']"


@dataclass(frozen=True, slots=True)
class Fault:
    """`path` is a JSON pointer into the need, `code` is for programs."""

    path: str
    code: str
    message: str


def faults_of(error: ValidationError) -> list[Fault]:
    return faults_in(error.errors(include_url=False, include_input=False))


def faults_in(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """The same from pydantic's own list, as a framework hands it on."""
    return [_fault(error) for error in errors if not _is_beside(error)]


def _is_beside(error: Mapping[str, Any]) -> bool:
    """That it is no empty word either: beside what else is wrong with it."""
    return (error["type"], error["loc"][-1:]) == ("literal_error", (_EMPTY_WORD,))


def _fault(error: Mapping[str, Any]) -> Fault:
    code, told = str(error["type"]), error.get("ctx", {})
    words = _PLAIN.get(code)
    message = words.format(**told) if words else str(error["msg"])
    return Fault(told.get("path") or _pointer(error["loc"]), code, message)


def _pointer(location: Iterable[str | int]) -> str:
    """What a sender wrote as a key may be long, and hold the pointer's own signs."""
    steps = [str(step) for step in location if step != "[key]"]
    named = (step for step in steps if not _WAYS.fullmatch(step))
    return "".join(f"/{_escaped(step[:40])}" for step in named)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
