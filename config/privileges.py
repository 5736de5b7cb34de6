"""What the application's role may do, said anew whenever tables are brought up to date.

A restored database has whatever its server grants by itself: on one of ours that is
the right to take lines from the trail, and tombstones from the keystore.
"""

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

ONLY_ADDED_TO = {"default": "activity_event", "keystore": "keystore_destroyedkey"}
# What somebody else has put beside them is not ours to give.
OWN_TABLES = """
SELECT tablename FROM pg_tables
WHERE schemaname = 'public' AND tableowner = current_user
"""
OWN_SEQUENCES = """
SELECT sequencename FROM pg_sequences
WHERE schemaname = 'public' AND sequenceowner = current_user
"""
MAY_USE = "GRANT USAGE ON SCHEMA public TO {role}"
MAY_WRITE = "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE {own} TO {role}"
MAY_COUNT = "GRANT USAGE, SELECT ON SEQUENCE {own} TO {role}"
MAY_ONLY_ADD = (
    "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {own} FROM {role}"
)


def keep() -> None:
    _keep("default", settings.DATABASE_APP_ROLE)
    _keep("keystore", settings.KEYSTORE_APP_ROLE)


def _keep(alias: str, role: str) -> None:
    """All at once. With a single role there is nothing to do."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user",
            [role],
        )
        if cursor.fetchone():
            _say(cursor, MAY_USE, role, ["public"])
            _say(cursor, MAY_WRITE, role, _names(cursor, OWN_TABLES))
            _say(cursor, MAY_COUNT, role, _names(cursor, OWN_SEQUENCES))
            _say(cursor, MAY_ONLY_ADD, role, [ONLY_ADDED_TO[alias]])


def _names(cursor: CursorWrapper, question: str) -> list[str]:
    cursor.execute(question)
    return [name for (name,) in cursor.fetchall()]


def _say(cursor: CursorWrapper, statement: str, role: str, own: list[str]) -> None:
    if own:
        names = sql.SQL(", ").join(map(sql.Identifier, own))
        said = sql.SQL(statement).format(role=sql.Identifier(role), own=names)
        cursor.execute(said)
