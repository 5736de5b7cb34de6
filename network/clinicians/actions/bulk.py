"""Many rows at once, by COPY: several times as quick as INSERT."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

Row = models.Model
KEYS = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"


def insert_rows(rows: Sequence[Row]) -> None:
    """All of one kind, and new; each gets its key. Belongs to the caller's transaction.

    Arrays hold slugs, which need no quotes.
    """
    if not rows:
        return
    meta = type(rows[0])._meta
    columns = [(field.attname, _writer(field)) for field in meta.concrete_fields]
    names = ", ".join(f'"{field.column}"' for field in meta.concrete_fields)
    _give_keys(rows, meta.db_table, str(meta.pk.column))
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row([write(getattr(row, name)) for name, write in columns])


def _give_keys(rows: Sequence[Row], table: str, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [table, column, len(rows)])
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias


def _writer(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, ArrayField):
        return _array
    if isinstance(field, models.JSONField):
        return json.dumps
    return _itself


def _array(slugs: list[str]) -> str:
    return f"{{{','.join(slugs)}}}"


def _itself(value: Any) -> Any:
    return value
