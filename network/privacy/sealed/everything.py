"""All holdings there are, and what is done with all of them."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.db import connections
from django.db.models import Count, Func, TextField, Value
from django.utils.module_loading import import_string
from psycopg import sql

from network.privacy.keys import Unreadable
from network.privacy.keystore.models import DestroyedKey
from network.privacy.sealed import Box, Compared, Holding, fields

KEY_ID = TextField()


class Moved(NamedTuple):
    holding: Holding
    done: int


class Fault(NamedTuple):
    """What cannot be opened: where it stands, and by which key it is sealed."""

    holding: Holding
    row: str
    key: str

    def __str__(self) -> str:
        return f"{self.holding} {self.row} does not open (key {self.key or 'unknown'})"


class Look(NamedTuple):
    """What was found in one holding."""

    holding: Holding
    opened: int
    destroyed: int
    faults: list[Fault]


def holdings() -> Iterator[Holding]:
    elsewhere = (one for one in _elsewhere() if isinstance(one, Holding))
    return chain(fields.holdings(), elsewhere)


def compared() -> Iterator[Compared]:
    return (one for one in _elsewhere() if isinstance(one, Compared))


def _elsewhere() -> Iterator[Holding | Compared]:
    lists: Iterator[tuple[Holding | Compared, ...]] = map(
        import_string, settings.SEALED_ELSEWHERE
    )
    return chain.from_iterable(lists)


def rotation() -> Iterator[Moved]:
    """A step a batch; whoever stops between two may begin again."""
    for holding in holdings():
        for count in holding.reseal() if holding.reseal else ():
            yield Moved(holding, count)


def rotate() -> int:
    return sum(moved.done for moved in rotation())


def look_at_all() -> Iterator[Look]:
    """Opens every sealed thing there is, batch by batch."""
    gone = {str(key) for key in DestroyedKey.objects.values_list("pk", flat=True)}
    return (look(holding, gone) for holding in holdings())


def look(holding: Holding, gone: set[str]) -> Look:
    """What a destroyed key has sealed is to be unreadable: that is no fault."""
    opened = destroyed = 0
    faults: list[Fault] = []
    for box in holding.boxes():
        if opens(box):
            opened += 1
        elif box.key in gone:
            destroyed += 1
        else:
            faults.append(Fault(holding, box.row, box.key))
    return Look(holding, opened, destroyed, faults)


def opens(box: Box) -> bool:
    try:
        box.open()
    except Unreadable:
        return False
    return True


def needed_of_the_ring() -> dict[str, Counter[str]]:
    """In how many rows of which column each of its keys is needed, by the key's id."""
    sealed = {str(one): _by_key(one) for one in holdings() if one.reseal}
    return sealed | {str(one): _hashed_by_key(one) for one in compared()}


def _by_key(holding: Holding) -> Counter[str]:
    """A sealed text begins with it; in JSON it stands after a quotation mark."""
    column, table = sql.Identifier(holding.columns[0]), sql.Identifier(holding.table)
    count = sql.SQL(
        "SELECT substring({column}::text FROM 'v1:([^:]*):') AS key, count(*)"
        " FROM {table} WHERE {column} IS NOT NULL GROUP BY key"
    ).format(column=column, table=table)
    with connections[holding.using].cursor() as cursor:
        cursor.execute(count)
        return Counter({key: rows for key, rows in cursor.fetchall() if key})


def _hashed_by_key(one: Compared) -> Counter[str]:
    kid = Func(one.column, Value(":"), 1, function="split_part", output_field=KEY_ID)
    rows = one.rows().order_by().values(kid=kid).annotate(count=Count("pk"))
    return Counter({row["kid"]: row["count"] for row in rows})
