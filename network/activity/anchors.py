"""Anchors: all chain heads of a moment, sealed in a file outside the database.

One line a chain, ordered by bytes, then one line about them: how many, their
common root, and the seal of the anchor before. Whoever rewrites the database
would have to rewrite these files too.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils import timezone

from network.activity.chain import canonical
from network.activity.models import ChainHead

PATTERN = "anchor-*.jsonl"


@dataclass(frozen=True)
class Mark:
    """Where a chain stood when it was anchored."""

    subject_type: str
    subject_id: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Seal:
    """The last line of an anchor; `whole` tells whether the file still fits it."""

    number: int
    previous: str
    value: str
    whole: bool


def write_anchor(directory: Path | None = None) -> Path:
    """Appears whole and on the disk, or not at all; never replaces another."""
    directory = directory or settings.AUDIT_ANCHOR_PATH
    directory.mkdir(parents=True, exist_ok=True, mode=0o750)
    number, previous = _last_of(directory)
    path = directory / f"anchor-{number + 1:08d}.jsonl"
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        with draft.open("x", encoding="utf-8") as file:
            _write(file, number + 1, previous)
        path.hardlink_to(draft)
        _sync(directory)
    finally:
        draft.unlink(missing_ok=True)
    return path


def anchors(directory: Path) -> list[Path]:
    return sorted(directory.glob(PATTERN))


def marks(path: Path) -> Iterator[Mark]:
    """Of a damaged file what can be read; its seal tells that it is damaged."""
    for line in _lines(path):
        match _parsed(line):
            case [str(type_), str(id_), int(seq), str(hash_)]:
                yield Mark(type_, id_, seq, hash_)


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
    whole = said.items() <= footer.items() and value == _fingerprint(footer)
    return Seal(number, str(footer.get("previous", "")), value, whole)


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("anchor-"))


def _last_of(directory: Path) -> tuple[int, str]:
    if not (before := anchors(directory)):
        return 0, ""
    seal = read_seal(before[-1])
    return seal.number, seal.value


def _write(file: IO[str], number: int, previous: str) -> None:
    root, count = hashlib.sha256(), 0
    for line in _head_lines():
        file.write(line)
        root.update(line.encode())
        count += 1
    footer: dict[str, object] = {
        "number": number,
        "at": timezone.now().isoformat(),
        "count": count,
        "root": root.hexdigest(),
        "previous": previous,
    }
    file.write(canonical({**footer, "seal": _fingerprint(footer)}) + "\n")
    file.flush()
    os.fsync(file.fileno())


def _head_lines() -> Iterator[str]:
    heads = ChainHead.objects.order_by("subject_type", "subject_id")
    rows = heads.values_list("subject_type", "subject_id", "seq", "hash")
    for row in rows.iterator(chunk_size=5000):
        yield canonical(list(row)) + "\n"


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _parsed(line: bytes) -> object:
    with suppress(ValueError):
        return json.loads(line)
    return None


def _fingerprint(footer: dict[str, object]) -> str:
    return hashlib.sha256(canonical(footer).encode()).hexdigest()


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
