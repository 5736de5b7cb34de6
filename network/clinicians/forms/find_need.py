"""A need as it is kept: judged by its own schema, and written in one way."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from network.clinicians.matching.need import Need

Errors = dict[str, list[str]]


def judged(raw: Mapping[str, Any]) -> tuple[Need | None, Errors]:
    """The need, or by criterion what is wrong with it."""
    try:
        return Need.model_validate(raw), {}
    except ValidationError as failure:
        errors: Errors = {}
        for one in failure.errors(include_url=False, include_input=False):
            name = str(one["loc"][0]) if one["loc"] else _pointed(one)
            errors.setdefault(name, []).append(_sentence(one["msg"]))
        return None, errors


def _pointed(error: Mapping[str, Any]) -> str:
    path = str((error.get("ctx") or {}).get("path", ""))
    return path.strip("/").partition("/")[0] or "text"


def _sentence(message: str) -> str:
    plain = message.removeprefix("Value error, ")
    return plain if plain.endswith(".") else f"{plain}."


def kept(need: Need) -> dict[str, Any]:
    """Its JSON with the defaults said and the empty left out."""
    said = need.model_dump(mode="json", exclude_none=True)
    for name in ("limit", "cursor"):
        said.pop(name, None)
    return {name: value for name, value in said.items() if not _is_empty(name, value)}


def _is_empty(name: str, value: Any) -> bool:
    if name in ("payment", "exclude"):
        return all(
            given is False or given == []
            for key, given in value.items()
            if key != "wish"
        )
    return value is False or value in ("", [], {})
