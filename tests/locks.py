"""Who waits for a lock in a database of this test: others have theirs beside it."""

import time

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

PATIENCE = 60.0
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


def until_somebody_waits(line: BaseDatabaseWrapper | None = None) -> None:
    """Also seen from within a transaction."""
    end = time.monotonic() + PATIENCE
    with (line or connection).cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    pytest.fail("nobody waits")
