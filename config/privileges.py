"""What the application's role may do, said anew whenever tables are brought up to date.

A restored database has whatever its server grants by itself: on one of ours that is
the right to take lines from the trail, and tombstones from the keystore.
"""

from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

ONLY_ADDED_TO = {"default": "activity_event", "keystore": "keystore_destroyedkey"}
STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {table} FROM {role}",
)


def keep() -> None:
    _keep("default", settings.DATABASE_APP_ROLE)
    _keep("keystore", settings.KEYSTORE_APP_ROLE)


def _keep(alias: str, role: str) -> None:
    """All at once. With a single role there is nothing to do."""
    names = {
        "role": sql.Identifier(role),
        "table": sql.Identifier(ONLY_ADDED_TO[alias]),
    }
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user",
            [role],
        )
        for statement in STATEMENTS if cursor.fetchone() else ():
            cursor.execute(sql.SQL(statement).format(**names))
