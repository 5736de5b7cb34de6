"""Which tags are worth looking up: how common each is, by the planner's own statistics.

Looking up a tag costs a little for everybody who carries it, testing a row costs more
for everybody who is left. A common tag is left to the test.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

MICROSECONDS_PER_ROW, MICROSECONDS_PER_POSTING = 0.7, 0.02
GOOD_FOR = 600.0  # seconds

_STATISTICS = """
SELECT most_common_elems::text::int[], most_common_elem_freqs, reltuples
FROM pg_class LEFT JOIN pg_stats
  ON tablename = relname AND attname = 'tags' AND schemaname = current_schema()
WHERE oid = 'clinicians_listing'::regclass
"""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """The share of listings that carry a tag; unknown tags are rare."""

    rows: float
    shares: Mapping[int, float] = field(default_factory=dict)
    rare: float = 0.0005

    def share(self, tag: int) -> float:
        return self.shares.get(tag, self.rare)


def worth_looking_up(
    tags: Sequence[int], cells: Sequence[int], frequencies: Frequencies
) -> list[int]:
    """The rarest tag, and then whichever spares more tests than it costs."""
    chosen: list[int] = []
    left = frequencies.rows
    if cells:
        left *= min(1.0, sum(map(frequencies.share, cells)))
    for tag in sorted(set(tags), key=lambda each: (frequencies.share(each), each)):
        share = frequencies.share(tag)
        spared = left * (1 - share) * MICROSECONDS_PER_ROW
        first = not chosen and not cells
        if first or spared > frequencies.rows * share * MICROSECONDS_PER_POSTING:
            chosen.append(tag)
            left *= share
    return chosen


class _Remembered:
    """What one process knows of one database, and for how long."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[float, Frequencies]] = {}

    def get(self) -> Frequencies:
        name = str(connection.settings_dict["NAME"])
        read_at, known = self.known.get(name, (float("-inf"), Frequencies(0)))
        if time.monotonic() - read_at > GOOD_FOR:
            known = _read()
            self.known[name] = (time.monotonic(), known)
        return known


_remembered = _Remembered()
frequencies = _remembered.get
forget = _remembered.known.clear


def _read() -> Frequencies:
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS)
        elements, shares, rows = cursor.fetchone()
    # The shares end with the least, the greatest, and that of no element at all.
    known = dict(zip(elements or (), shares or (), strict=False))
    return Frequencies(max(float(rows), 1.0), known)
