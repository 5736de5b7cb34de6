"""What is said on the socket, version 1: one JSON object a frame (docs/api.md)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, NoReturn

VERSION = 1
SUBPROTOCOL = "consilium.v1"
HEARTBEAT = 25  # seconds after which a client that heard nothing asks
EVERYTHING = "*"  # a topic: something was missed, fetch whatever you show


class Close(IntEnum):
    POLICY = 1008
    TOO_BIG = 1009
    RESTART = 1012
    ENDED = 4401
    REMOVED = 4403
    TOO_SLOW = 4408


class Fault(StrEnum):
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    MALFORMED = "malformed"
    UNKNOWN_TYPE = "unknown_type"
    TOO_FAST = "too_fast"


class FaultyFrameError(Exception):
    """A code of ours, or of whoever answers besides."""

    def __init__(self, code: StrEnum, ref: object = None) -> None:
        super().__init__(code)
        self.code, self.ref = code, ref


@dataclass(frozen=True)
class Said:
    """A client's frame. What it calls `ref` comes back with an error about it."""

    kind: str
    body: Mapping[str, Any]
    ref: str | int | None


def frame(kind: str, /, **said: object) -> str:
    return json.dumps({"type": kind, **said}, ensure_ascii=False, separators=(",", ":"))


def hello(session: str) -> str:
    return frame("hello", v=VERSION, session=session, heartbeat=HEARTBEAT)


def error(fault: FaultyFrameError) -> str:
    return frame("error", code=fault.code, ref=fault.ref)


def parse(event: Mapping[str, Any]) -> Said:
    """An ASGI receive event, read; or a FaultyFrameError, which is no reason to go."""
    if (text := event.get("text")) is None:
        raise FaultyFrameError(Fault.NOT_TEXT)
    body = _object(text)
    ref = body.get("ref")
    if not isinstance(ref, str | int | None) or not isinstance(body.get("type"), str):
        raise FaultyFrameError(Fault.MALFORMED)
    return Said(body["type"], body, ref)


def _object(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text, parse_constant=_refuse)
        clean = _is_clean(body)
    except (ValueError, RecursionError):
        raise FaultyFrameError(Fault.NOT_JSON) from None
    if not isinstance(body, dict) or not clean:
        raise FaultyFrameError(Fault.MALFORMED)
    return body


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are no JSON


def _is_clean(value: object) -> bool:
    """No NUL and no half character: the database holds neither."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return all(_is_clean(part) for pair in value.items() for part in pair)
    return not isinstance(value, list) or all(map(_is_clean, value))
