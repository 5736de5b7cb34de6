"""The lines of a file of JSON, one object each, with bytes counted and faults noted."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

LONGEST = 1_000_000  # bytes; a profile has some thousands
BOM = b"\xef\xbb\xbf"


def objects(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """With the number of its line, each object or why it is none; empty lines pass."""
    for number, raw in enumerate(_lines(file), start=1):
        line = raw.removeprefix(BOM) if number == 1 else raw
        if line.strip():
            yield number, _object(line)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Of a line beyond all measure only the beginning is kept."""
    while line := file.readline(LONGEST):
        rest = line
        while len(rest) == LONGEST and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST)
        yield line


def _object(line: bytes) -> dict[str, Any] | str:
    if len(line) >= LONGEST:
        return "is longer than a million bytes"
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return "is not UTF-8"
    except (ValueError, RecursionError) as fault:
        return f"is not JSON ({fault})" if str(fault) else "is not JSON"
    if not isinstance(found, dict):
        return "is not an object"
    return found
