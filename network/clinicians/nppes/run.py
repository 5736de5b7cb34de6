"""The whole file, a row at a time, however large it is: memory holds one batch."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from network.clinicians.actions.registry import (
    Published,
    begin_staging,
    publish_staged,
    stage,
)
from network.clinicians.nppes.layout import Layout, NotTheRegistryError
from network.clinicians.nppes.provider import Behavioural, RejectedError, Staged

BATCH = 5_000


class Reader(Protocol):
    """What csv.reader makes."""

    @property
    def line_num(self) -> int: ...
    def __next__(self) -> list[str]: ...


@dataclass(frozen=True)
class RejectedRow:
    """A row that cannot be taken, by the line on which it begins."""

    line: int
    reason: str
    path: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass
class Outcome:
    """What the rows were."""

    rows: int = 0
    behavioural: int = 0
    rejected: int = 0
    published: Published | None = None

    @property
    def others(self) -> int:
        return self.rows - self.behavioural - self.rejected


def import_registry(
    file: BinaryIO,
    *,
    tell: Callable[[list[RejectedRow]], None],
    show: Callable[[int, int], None],
) -> Outcome:
    """Nothing changes before the last row is read."""
    outcome = Outcome()
    begin_staging()
    reader = csv.reader(_text(file))
    behavioural = Behavioural(_layout(reader))
    batch: list[Staged] = []
    for found in _entries(reader, behavioural, outcome, tell):
        if found is not None:
            batch.append(found)
        if len(batch) == BATCH or outcome.rows % BATCH == 0:
            stage(batch)
            batch.clear()
            show(file.tell(), outcome.rows)
    stage(batch)
    outcome.published = publish_staged()
    return outcome


def _entries(
    reader: Reader,
    behavioural: Behavioural,
    outcome: Outcome,
    tell: Callable[[list[RejectedRow]], None],
) -> Iterator[Staged | None]:
    for line, row in _rows(reader):
        outcome.rows += 1
        try:
            if isinstance(row, csv.Error):
                raise RejectedError(f"is not CSV ({row})")
            found = behavioural.read(row)
        except RejectedError as reason:
            outcome.rejected += 1
            tell([RejectedRow(line, str(reason))])
            continue
        outcome.behavioural += found is not None
        yield found


def _rows(reader: Reader) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each with the line on which it begins: a quoted value may span several."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield line, fault
            continue
        if row:
            yield line, row


def _layout(reader: Reader) -> Layout:
    try:
        return Layout.of(next(reader))
    except StopIteration:
        raise NotTheRegistryError("The file is empty.") from None
    except csv.Error as fault:
        raise NotTheRegistryError(f"The first line is not CSV ({fault}).") from fault


def _text(file: BinaryIO) -> io.TextIOWrapper:
    """Bytes that are not UTF-8 come through marked, so that only their row is lost."""
    start = file.read(4)
    file.seek(0)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise NotTheRegistryError("The file is UTF-16; the registry publishes UTF-8.")
    if start == b"PK\x03\x04":
        raise NotTheRegistryError("The file is a ZIP archive; unpack it first.")
    return io.TextIOWrapper(
        file, encoding="utf-8-sig", errors="surrogateescape", newline=""
    )
