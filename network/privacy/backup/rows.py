"""What a database holds, in one number a table: the same rows, the same number."""

from django.db import connections
from psycopg import sql

Tables = dict[str, tuple[int, str]]

NAMES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
ORDER BY table_name
"""
# In whatever order: sixty-four bits of every row's hash, added up.
COUNT = """
SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint), 0)
FROM {table} t
"""


def tables_of(alias: str) -> Tables:
    """How many rows each table has, and their sum."""
    with connections[alias].cursor() as cursor:
        cursor.execute(NAMES)
        return {name: _count(cursor, name) for (name,) in cursor.fetchall()}


def _count(cursor: object, name: str) -> tuple[int, str]:
    count = sql.SQL(COUNT).format(table=sql.Identifier(name))
    cursor.execute(count)  # type: ignore[attr-defined]
    rows, total = cursor.fetchone()  # type: ignore[attr-defined]
    return rows, str(total)
