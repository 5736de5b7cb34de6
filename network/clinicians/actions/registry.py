"""The national registry's entries: staged as they are read, published all at once.

The staging table is the session's own: a kill takes it away and leaves the entries as
they were. Only the last step changes them, in one transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from django.db import connection, transaction
from django.utils import timezone

from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import RegistryEntry
from network.clinicians.nppes.provider import COLUMNS, Staged

ONE_IMPORT_AT_A_TIME = 0x6E70706573
SLICE = 50_000
TABLE = RegistryEntry._meta.db_table
ARRAYS = ("taxonomies", "licence_states", "licence_numbers")

_TYPES = {
    **dict.fromkeys(COLUMNS, "text"),
    **dict.fromkeys(ARRAYS, "varchar[]"),
    **dict.fromkeys(("latitude", "longitude"), "float8"),
    **dict.fromkeys(("updated_on", "deactivated_on"), "date"),
}
_SHAPE = ", ".join(f"{column} {kind}" for column, kind in _TYPES.items())
STAGE = f"""
    CREATE TEMPORARY TABLE IF NOT EXISTS staged (
        line bigint GENERATED ALWAYS AS IDENTITY, {_SHAPE}
    )
"""
FILL = f"COPY staged ({', '.join(COLUMNS)}) FROM STDIN"
# A random address by one secret an import: a call of the system for each is slow.
_DIGEST = "md5(%(secret)s || npi)"
_PUBLIC_ID = (
    f"overlay(overlay({_DIGEST} placing '4' from 13) placing 'a' from 17)::uuid"
)
_OWN = [column for column in COLUMNS if column != "npi"]
# Later lines win; what is the same as before is not written again.
PUBLISH = f"""
    WITH written AS (
    INSERT INTO {TABLE} AS kept ({", ".join(COLUMNS)}, public_id, imported_at)
    SELECT DISTINCT ON (npi) {", ".join(COLUMNS)}, {_PUBLIC_ID}, %(now)s
    FROM staged
    WHERE line BETWEEN %(first)s AND %(last)s AND name IS NOT NULL
    ORDER BY npi, line DESC
    ON CONFLICT (npi) DO UPDATE SET
        {", ".join(f"{column} = excluded.{column}" for column in _OWN)},
        imported_at = excluded.imported_at
    WHERE ({", ".join(f"kept.{column}" for column in _OWN)})
        IS DISTINCT FROM ({", ".join(f"excluded.{column}" for column in _OWN)})
    RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)
    FROM written
"""  # noqa: S608 names of our own columns
DEACTIVATE = f"""
    UPDATE {TABLE} AS kept
    SET deactivated_on = staged.deactivated_on, imported_at = %(now)s
    FROM staged
    WHERE kept.npi = staged.npi AND staged.name IS NULL
        AND staged.line BETWEEN %(first)s AND %(last)s
        AND kept.deactivated_on IS DISTINCT FROM staged.deactivated_on
"""  # noqa: S608 the name of our own table


@dataclass
class Published:
    """What has changed in the registry's entries."""

    created: int = 0
    updated: int = 0
    deactivated: int = 0


def begin_staging() -> None:
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        cursor.execute("TRUNCATE staged RESTART IDENTITY")


def stage(rows: Sequence[Staged]) -> None:
    with connection.cursor() as cursor, cursor.copy(FILL) as copy:
        for row in rows:
            copy.write_row(row)


@transaction.atomic
def publish_staged() -> Published:
    """All of it or nothing, whatever is killed meanwhile."""
    published = Published()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
        for part in _slices():
            cursor.execute(PUBLISH, part)
            created, updated = cursor.fetchone()
            published.created += created
            published.updated += updated
            cursor.execute(DEACTIVATE, part)
            published.deactivated += cursor.rowcount
        cursor.execute("TRUNCATE staged")

    record(
        Actor.system(),
        ClinicianEvent.REGISTRY_IMPORTED,
        RegistryEntry,
        detail=vars(published),
    )
    return published


def _slices() -> Iterator[dict[str, int | str | datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS staged_line ON staged USING brin (line)"
        )
        cursor.execute("ANALYZE staged")
        cursor.execute("SELECT coalesce(max(line), 0) FROM staged")
        (lines,) = cursor.fetchone()
    now, secret = timezone.now(), token_hex()
    for first in range(1, lines + 1, SLICE):
        yield {"first": first, "last": first + SLICE - 1, "now": now, "secret": secret}
