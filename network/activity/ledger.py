"""Both sides of the trail in one order: what the anchors marked, what the rows say.

Rows come in one query, so one moment is judged; marks are sorted on disk. Nothing
is held in memory.
"""

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from django.db import connection

from network.activity.anchors import Mark
from network.activity.chain import FIELDS, link_hash
from network.activity.markings import Markings, markings

BATCH = 2000
# A row that was moved within its chain fits its hash at its old place.
NEAR = 250

Chain = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """An event beside its chain's head. A head without events has no hash."""

    values: dict[str, object]
    hash: str | None
    head_seq: int
    head_hash: str | None

    @property
    def seq(self) -> int:
        return int(str(self.values["seq"]))

    @property
    def at(self) -> datetime:
        at = self.values["at"]
        assert isinstance(at, datetime)  # noqa: S101 the column is one
        return at

    @property
    def prev_hash(self) -> str:
        return str(self.values["prev_hash"])

    @property
    def is_true(self) -> bool:
        return link_hash(self.values) == self.hash

    @property
    def is_true_elsewhere(self) -> bool:
        places = range(max(1, self.seq - NEAR), self.seq + NEAR)
        moved = ({**self.values, "seq": seq} for seq in places)
        return any(link_hash(values) == self.hash for values in moved)


Entry = tuple[Chain, int, Mark | Row]

COLUMNS = ", ".join(f'e."{name}"' for name in FIELDS if not name.startswith("subject"))
ROWS = f"""
    SELECT subject_type, subject_id, e.hash, coalesce(h.seq, 0), h.hash, {COLUMNS}
    FROM activity_event e
    FULL JOIN activity_chainhead h USING (subject_type, subject_id)
    ORDER BY subject_type, subject_id, e.seq, e.id
"""  # noqa: S608 our own names


def chains(directory: Path) -> Iterator[tuple[Chain, Iterator[Mark | Row]]]:
    """Each chain's marks, then its rows."""
    with markings(directory) as known:
        entries = heapq.merge(_marks(known), _rows(), key=_place)
        for chain, group in groupby(entries, key=_chain):
            yield chain, (content for _, _, content in group)


def _chain(entry: Entry) -> Chain:
    return entry[0]


def _place(entry: Entry) -> tuple[Chain, int]:
    return entry[:2]


def _marks(known: Markings) -> Iterator[Entry]:
    for mark in known:
        yield (mark.subject_type, mark.subject_id), 0, mark


def _rows() -> Iterator[Entry]:
    names = [name for name in FIELDS if not name.startswith("subject")]
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        while batch := cursor.fetchmany(BATCH):
            for type_, id_, hash_, head_seq, head_hash, *values in batch:
                event = dict(zip(names, values, strict=True))
                event |= {"subject_type": type_, "subject_id": id_}
                event["detail"] = json.loads(event["detail"] or "{}")
                yield (type_, id_), 1, Row(event, hash_, head_seq, head_hash)
