"""How an anchor is written: whole and on the disk, or not at all."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.utils import timezone

from network.activity.anchors import anchors, fingerprint, read_seal
from network.activity.chain import canonical
from network.activity.markings import Markings, markings
from network.activity.models import ChainHead


def write_anchor(directory: Path) -> Path:
    """Never replaces another."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o750)
    number, previous = _last_of(directory)
    path = directory / f"anchor-{number + 1:08d}.jsonl"
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        with draft.open("x", encoding="utf-8") as file, markings(directory) as known:
            _write(file, known, number + 1, previous)
        path.hardlink_to(draft)
        _sync(directory)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _last_of(directory: Path) -> tuple[int, str]:
    if not (before := anchors(directory)):
        return 0, ""
    seal = read_seal(before[-1])
    return seal.number, seal.value


def _write(file: IO[str], known: Markings, number: int, previous: str) -> None:
    root, count, at = hashlib.sha256(), 0, timezone.now()
    for line in _new_heads(known):
        file.write(line)
        root.update(line.encode())
        count += 1
    footer: dict[str, object] = {
        "number": number,
        "at": at.isoformat(),
        "count": count,
        "root": root.hexdigest(),
        "previous": previous,
    }
    file.write(canonical({**footer, "seal": fingerprint(footer)}) + "\n")
    file.flush()
    os.fsync(file.fileno())


def _new_heads(known: Markings) -> Iterator[str]:
    """Only what no anchor has marked yet: what stands still costs no line a day."""
    heads = ChainHead.objects.order_by("subject_type", "subject_id")
    rows = heads.values_list("subject_type", "subject_id", "seq", "hash")
    for head in rows.iterator(chunk_size=5000):
        if not known.has(head):
            yield canonical(list(head)) + "\n"


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
