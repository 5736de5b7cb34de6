"""What is said on the socket, version 1: one JSON object a frame (docs/api.md)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, NoReturn

VERSION = 1
SUBPROTOCOL = "consilium.v1"
HEARTBEAT = 25  # seconds after which a client that heard nothing asks
EVERYTHING = "*"  # a topic: something was missed, fetch whatever you show
# NUL and half characters: the database holds neither.
ODD = re.compile("[\0\ud800-\udfff]")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are no JSON


# Made once: `json.loads` and `json.dumps` would make one for each frame.
READER = json.JSONDecoder(parse_constant=_refuse)
WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


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
    UNFIT_BODY = "unfit_body"
    UNKNOWN_TYPE = "unknown_type"
    TOO_FAST = "too_fast"


class FaultyFrameError(Exception):
    """A code of ours, or of whoever answers besides."""

    def __init__(self, code: StrEnum, ref: object = None) -> None:
        super().__init__(code)
        self.code, self.ref = code, ref


@dataclass(frozen=True)
class Said:
    """A client's frame. What it calls `ref`, or else `client_id`, comes back with an
    error about it.
    """

    kind: str
    body: Mapping[str, Any]
    ref: str | int | None


def frame(kind: str, /, **said: object) -> str:
    return WRITER.encode({"type": kind, **said})


def hello(session: str) -> str:
    return frame("hello", v=VERSION, session=session, heartbeat=HEARTBEAT)


def error(fault: FaultyFrameError) -> str:
    return frame("error", code=fault.code, ref=fault.ref)


def parse(event: Mapping[str, Any]) -> Said:
    """An ASGI receive event, read; or a FaultyFrameError, which is no reason to go."""
    if (text := event.get("text")) is None:
        raise FaultyFrameError(Fault.NOT_TEXT)
    body = _object(text)
    ref = _ref_of(body)
    if "\\u" in text and (fault := _odd_in(body)):
        raise FaultyFrameError(fault, ref)
    if not isinstance(body.get("type"), str):
        raise FaultyFrameError(Fault.MALFORMED, ref)
    return Said(body["type"], body, ref)


def _object(text: str) -> dict[str, Any]:
    try:
        body = READER.decode(text)
    except (ValueError, RecursionError):
        raise FaultyFrameError(Fault.NOT_JSON) from None
    if not isinstance(body, dict):
        raise FaultyFrameError(Fault.MALFORMED)
    return body


def _ref_of(body: Mapping[str, Any]) -> str | int | None:
    ref = body.get("ref")
    if not isinstance(ref, str | int | None):
        raise FaultyFrameError(Fault.MALFORMED)
    if ref is None and isinstance(body.get("client_id"), str):
        ref = body["client_id"]
    return ref if _is_clean(ref) else None


def _odd_in(body: Mapping[str, Any]) -> Fault | None:
    """What is odd comes by an escape: it is looked for where there is one."""
    try:
        if not _is_clean(body.get("body")):
            return Fault.UNFIT_BODY
        return None if _is_clean(body) else Fault.MALFORMED
    except RecursionError:
        return Fault.MALFORMED


def _is_clean(value: object) -> bool:
    if isinstance(value, str):
        return ODD.search(value) is None
    if isinstance(value, dict):
        return all(_is_clean(part) for pair in value.items() for part in pair)
    return not isinstance(value, list) or all(map(_is_clean, value))
