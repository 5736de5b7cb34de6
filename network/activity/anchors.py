"""Anchors: the chain heads of a moment, sealed in a file outside the database.

One line a chain that has grown since the anchor before, ordered by bytes, then one
line about them: how many, their common root, and the seal of the anchor before.
Whoever rewrites the database would have to rewrite these files too.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from network.activity.chain import canonical

PATTERN = "anchor-*.jsonl"


@dataclass(frozen=True)
class Mark:
    """Where a chain stood when it was anchored, and by which anchor."""

    subject_type: str
    subject_id: str
    seq: int
    hash: str
    number: int


@dataclass(frozen=True)
class Seal:
    """The last line of an anchor; `whole` tells whether the file still fits it."""

    number: int
    at: datetime | None
    previous: str
    value: str
    whole: bool


def anchors(directory: Path) -> list[Path]:
    return sorted(directory.glob(PATTERN))


def marks(path: Path) -> Iterator[Mark]:
    """Of a damaged file what can be read; its seal tells that it is damaged."""
    number = _number(path)
    for line in _lines(path):
        match _parsed(line):
            case [str(type_), str(id_), int(seq), str(hash_)]:
                yield Mark(type_, id_, seq, hash_, number)


def read_seal(path: Path) -> Seal:
    root, count, footer = hashlib.sha256(), 0, {}
    for line in _lines(path):
        match _parsed(line):
            case dict(found):
                footer = found
            case _:
                root.update(line)
                count += 1
    value, number = str(footer.pop("seal", "")), _number(path)
    said = {"number": number, "count": count, "root": root.hexdigest()}
    whole = said.items() <= footer.items() and value == fingerprint(footer)
    at, previous = _moment(footer.get("at")), str(footer.get("previous", ""))
    return Seal(number, at, previous, value, whole)


def fingerprint(footer: dict[str, object]) -> str:
    return hashlib.sha256(canonical(footer).encode()).hexdigest()


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("anchor-"))


def _moment(said: object) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(str(said))
    return None


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _parsed(line: bytes) -> object:
    with suppress(ValueError):
        return json.loads(line)
    return None
