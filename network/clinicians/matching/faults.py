"""What is wrong with a need, field by field, in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

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


@dataclass(frozen=True, slots=True)
class Fault:
    """`path` is a JSON pointer into the need, `code` is for programs."""

    path: str
    code: str
    message: str


def faults_of(error: ValidationError) -> list[Fault]:
    return list(map(_fault, error.errors(include_url=False, include_input=False)))


def faults_in(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """The same from pydantic's own list, as a framework hands it on."""
    return [_fault(error) for error in errors]


def _fault(error: Mapping[str, Any]) -> Fault:
    code, told = str(error["type"]), error.get("ctx", {})
    words = _PLAIN.get(code)
    message = words.format(**told) if words else str(error["msg"])
    return Fault(told.get("path") or _pointer(error["loc"]), code, message)


def _pointer(location: Iterable[str | int]) -> str:
    """What a sender wrote as a key may be long, and hold the pointer's own signs."""
    steps = (str(step)[:40].replace("~", "~0").replace("/", "~1") for step in location)
    return "".join(f"/{step}" for step in steps if step != "[key]")
