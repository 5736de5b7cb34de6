"""All marks of all anchors, sorted on disk: there may be more than memory holds."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from network.activity.anchors import Mark, anchors, marks

TABLE = """
    CREATE TABLE mark (
        type, id, seq INTEGER, hash, number INTEGER, PRIMARY KEY (type, id, seq)
    )
"""


@dataclass(frozen=True)
class Markings:
    store: sqlite3.Connection

    def __iter__(self) -> Iterator[Mark]:
        """Chain by chain; of a place marked twice, what was said first."""
        rows = self.store.execute("SELECT * FROM mark WHERE seq > 0 ORDER BY 1, 2, 3")
        yield from (Mark(*values) for values in rows)

    def has(self, head: tuple[str, str, int, str]) -> bool:
        same = "SELECT 1 FROM mark WHERE type = ? AND id = ? AND seq = ? AND hash = ?"
        return self.store.execute(same, head).fetchone() is not None


@contextmanager
def markings(directory: Path) -> Iterator[Markings]:
    with (
        tempfile.TemporaryDirectory() as scratch,
        closing(sqlite3.connect(Path(scratch) / "marks")) as store,
    ):
        store.execute(TABLE)
        for path in anchors(directory):
            store.executemany(
                "INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?, ?)",
                (
                    (m.subject_type, m.subject_id, m.seq, m.hash, m.number)
                    for m in marks(path)
                ),
            )
        store.commit()
        yield Markings(store)
