"""A pytest plugin: every run has a PostgreSQL and a Valkey of its own.

Loaded by `-p tests.servers`, before Django reads its settings. The workers of
pytest-xdist inherit the addresses. The owner's role makes the test database;
the tests run as the application, which may do no more than it may in life.
"""

import os
import tempfile
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config import servers

SHARED = "CONSILIUM_TEST_SERVERS"


def _begin() -> None:
    if SHARED in os.environ:
        return  # a worker, or a pytest inside a test
    place = servers.Place(Path(tempfile.mkdtemp(prefix="consilium-tests-")))
    servers.use(place, "--careless", "--erase")
    # Django makes the test database as its owner.
    url = place.database_url(servers.OWNER)
    os.environ.update(place.environment())
    os.environ.update({"DATABASE_ROLE": "owner", "DATABASE_OWNER_URL": url})
    os.environ[SHARED] = str(place.directory)


_begin()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, Any, Any]:
    made = yield
    if fixturedef.argname == "django_db_setup":
        _become(servers.APP)
        fixturedef.addfinalizer(lambda: _become(servers.OWNER))
    return made


def _become(role: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["USER"] = role
    # Of the class: beside a browser's event loop Django opens another connection.
    operations: Any = type(connection.ops)
    operations.execute_sql_flush = staticmethod(_flush)


def _flush(sql_list: Iterable[str]) -> None:
    """Between tests with transactions tables are emptied, the trail as well."""
    from django.db import connection

    place = servers.Place(Path(os.environ[SHARED]))
    name = str(connection.settings_dict["NAME"])
    url = place.database_url(servers.SUPERUSER, name)
    with psycopg.connect(url) as superuser:
        superuser.execute("SET session_replication_role = replica")
        for sql in sql_list:
            superuser.execute(sql)
