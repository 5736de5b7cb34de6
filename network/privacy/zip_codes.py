"""ZIP codes of the United States, from a packaged table that is read in a moment.

`manage.py make_zip_codes` makes it of the `zipcodes` package, whose own list takes a
second in which no other thread can take a step.
"""

import gzip
from functools import cache
from pathlib import Path
from sys import intern
from typing import NamedTuple

TABLE = Path(__file__).parent / "data" / "zip_codes.tsv.gz"


class Zip(NamedTuple):
    code: str
    kind: str  # STANDARD, PO BOX, UNIQUE, MILITARY
    is_active: bool
    city: str
    state: str
    county: str
    latitude: float
    longitude: float

    @property
    def is_lived_in(self) -> bool:
        return self.is_active and self.kind == "STANDARD"


@cache
def all_zips() -> tuple[Zip, ...]:
    """In the order of their codes."""
    lines = gzip.decompress(TABLE.read_bytes()).decode().splitlines()
    return tuple(map(_read, lines))


def _read(line: str) -> Zip:
    code, kind, active, city, state, county, latitude, longitude = line.split("\t")
    names = intern(city), intern(state), intern(county)
    place = float(latitude), float(longitude)
    return Zip(code, intern(kind), active == "1", *names, *place)


def written(zips: list[Zip]) -> bytes:
    """As `all_zips` reads them; the same at any time."""
    rows = (
        (one.code, one.kind, str(int(one.is_active)), *one[3:6], *map(str, one[6:]))
        for one in zips
    )
    text = "".join("\t".join(row) + "\n" for row in rows)
    return gzip.compress(text.encode(), mtime=0)
