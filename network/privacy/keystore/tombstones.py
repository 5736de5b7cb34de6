"""Which keys are destroyed, in a file outside the databases that is only added to.

One line a key: its id, its scope, and when. A database may be restored to a day
before; the file is not.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.utils import timezone


def inscribe(gone: Mapping[UUID, str]) -> None:
    """On the disk when this returns."""
    if not gone:
        return
    path, at = Path(settings.DESTROYED_KEYS_PATH), timezone.now().isoformat()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _end_torn_line(file)
        for key, scope in gone.items():
            file.write(json.dumps([str(key), scope, at]).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    _sync(path.parent)


def inscribed() -> dict[UUID, str]:
    """Every key that the file names, and its scope."""
    with suppress(FileNotFoundError):
        return dict(_stones(Path(settings.DESTROYED_KEYS_PATH).read_bytes()))
    return {}


def _end_torn_line(file: IO[bytes]) -> None:
    """A crash may have left half a line: it stays, and ends there."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 1))
    if file.read(1) not in (b"", b"\n"):
        file.write(b"\n")


def _stones(content: bytes) -> Iterator[tuple[UUID, str]]:
    for line in content.splitlines():
        with suppress(ValueError):
            match json.loads(line):
                case [str(key), str(scope), *_]:
                    yield UUID(key), scope


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
