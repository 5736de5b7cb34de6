"""A pytest plugin: every run has a PostgreSQL and a Valkey of its own.

Loaded by `-p tests.servers`, before Django reads its settings. The workers of
pytest-xdist inherit the addresses. The owner's role makes the test database;
the tests run as the application, which may do no more than it may in life.
Every test that uses the database may use the keystore too, without saying so.
"""

import os
import re
import tempfile
import threading
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from config import servers

SHARED = "CONSILIUM_TEST_SERVERS"
NEEDING = {"db", "transactional_db", "live_server"}
# What migrations wrote there is the same for every test.
AS_MADE = {"auth_permission", "django_content_type"}


def _begin() -> None:
    if SHARED in os.environ:
        return  # a worker, or a pytest inside a test
    place = servers.Place(Path(tempfile.mkdtemp(prefix="consilium-tests-")))
    servers.use(place, "--careless", "--erase")
    # Django makes the test database as its owner.
    url = place.database_url(servers.OWNER)
    os.environ.update(place.environment())
    os.environ.update({"DATABASE_ROLE": "owner", "DATABASE_OWNER_URL": url})
    os.environ["DESTROYED_KEYS_PATH"] = str(place.directory / "destroyed-keys.jsonl")
    os.environ[SHARED] = str(place.directory)


_begin()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="walk as far as there is time")


def pytest_itemcollected(item: pytest.Item) -> None:
    said = item.get_closest_marker("django_db")
    if said or NEEDING.intersection(getattr(item, "fixturenames", ())):
        how = {**(said.kwargs if said else {}), "databases": "__all__"}
        item.add_marker(pytest.mark.django_db(**how), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, Any, Any]:
    made = yield
    if fixturedef.argname == "django_db_modify_db_settings":
        _put_keystore_beside()
    if fixturedef.argname == "django_db_setup":
        _keep_as_made()
        _become(servers.APP)
        _keep_tests_alone_away(request.getfixturevalue("django_db_blocker"))
        fixturedef.addfinalizer(lambda: _become(servers.OWNER))
    return made


def _put_keystore_beside() -> None:
    """Where a process that is told of the test's database finds it by itself."""
    from django.conf import settings

    main, keystore = settings.DATABASES["default"], settings.DATABASES["keystore"]
    name = main.get("TEST", {}).get("NAME") or f"test_{main['NAME']}"
    keystore["TEST"]["NAME"] = f"{name}_keys"


def _keep_as_made() -> None:
    """Whoever empties tables writes nothing anew: what these wrote is never deleted."""
    from django.contrib.contenttypes.management import create_contenttypes
    from django.db.models.signals import post_migrate  # noqa: TID251 to silence it

    permissions = "django.contrib.auth.management.create_permissions"
    assert post_migrate.disconnect(dispatch_uid=permissions)
    assert post_migrate.disconnect(create_contenttypes)


def _become(role: str) -> None:
    from django.db import connections

    for connection in connections.all():
        connection.close()
        connection.settings_dict["USER"] = role
        # A thread that waited for ever would not let the whole run end.
        connection.settings_dict["OPTIONS"]["options"] = "-c lock_timeout=100s"
        # Of the class: beside a browser's event loop Django opens another connection.
        operations: Any = type(connection.ops)
        operations.execute_sql_flush = _flush


def _keep_tests_alone_away(blocker: DjangoDbBlocker) -> None:
    """Whoever does not say that she uses a database has none. A server in a thread
    lives on between two tests, and asks by itself: it would take that for a failure
    that nobody thought of, and be deaf or blind for all tests after them.
    """
    from django.db import connections
    from django.db.backends.base.base import BaseDatabaseWrapper

    with blocker.unblock():
        ensure = BaseDatabaseWrapper.ensure_connection

    def ensure_connection(connection: BaseDatabaseWrapper) -> None:
        is_test = threading.current_thread() is threading.main_thread()
        (BaseDatabaseWrapper.ensure_connection if is_test else ensure)(connection)

    for connection in connections.all():
        kind: Any = type(connection)
        kind.ensure_connection = ensure_connection


def _flush(operations: Any, sql_list: Iterable[str]) -> None:
    """Between tests with transactions tables are emptied, the trail as well. Row by
    row: to truncate them is slower, and waits in a circle with whoever reads two.
    """
    place = servers.Place(Path(os.environ[SHARED]))
    name = str(operations.connection.settings_dict["NAME"])
    url = place.database_url(servers.SUPERUSER, name)
    named = {table for sql in sql_list for table in re.findall(r'"(\w+)"', sql)}
    with psycopg.connect(url) as superuser:
        superuser.execute("SET session_replication_role = replica")
        rows = [f'DELETE FROM "{table}"' for table in sorted(named - AS_MADE)]
        superuser.execute("; ".join(rows))
