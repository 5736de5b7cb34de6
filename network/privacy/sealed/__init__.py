"""Wherever something sealed is kept: in which rows, by which key, and whether it opens.

Encrypted fields are found; what else an app keeps, it lists in
`settings.SEALED_ELSEWHERE`. All of it is counted, verified and sealed anew by
`manage.py keys`, and proved by a restored copy. What is kept as a keyed hash can be
made anew by nobody: it is counted for as long as something is compared with it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet

# Files of several megabytes are among the texts.
BATCH = 50
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Box:
    """One sealed thing. Opening it tells whether it opens, and nobody what is in it."""

    row: str
    key: str  # the id of the key that has sealed it
    open: Callable[[], object]


@dataclass(frozen=True)
class Holding:
    """One column with sealed things; `columns` begin with it and move as one."""

    table: str
    columns: tuple[str, ...]
    boxes: Callable[[], Iterator[Box]]
    # By the first key of the ring, batch by batch: how many. None: data keys seal it.
    reseal: Callable[[], Iterator[int]] | None = None
    using: str = "default"

    def __str__(self) -> str:
        return f"{self.table}.{self.columns[0]}"


@dataclass(frozen=True)
class Compared:
    """One column of keyed hashes; each begins with the id of the key that made it."""

    column: str
    # Those rows with which something may still be compared.
    rows: Callable[[], QuerySet[Any]]

    def __str__(self) -> str:
        return f"{self.rows().model._meta.db_table}.{self.column}"


def key_id(sealed: str) -> str:
    """Of the ring's key by which a text is sealed."""
    return sealed.split(":")[1] if sealed.count(":") == 2 else ""


def in_batches(rows: QuerySet[M], size: int = BATCH) -> Iterator[list[M]]:
    """In the order of their keys; nothing is held open between two batches."""
    rows = rows.order_by("pk")
    last: Any = None
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:size]):
        yield batch
        last = batch[-1].pk
