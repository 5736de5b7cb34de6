"""Databases for a while: restored from a backup, looked at, and dropped again."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import ProgrammingError, connections
from psycopg import sql

from network.privacy import data_keys
from network.privacy.backup import BackupError, postgres


@contextmanager
def restored(alias: str, file: Path, *, without_rows: bool = False) -> Iterator[str]:
    """In a new database beside the one that is served, which nobody touches."""
    name = f"restore_test_{uuid.uuid4().hex}"
    _ask(alias, "CREATE DATABASE {} TEMPLATE template0", name)
    try:
        postgres.restore(alias, file, name, without_rows=without_rows)
        yield name
    finally:
        _ask(alias, "DROP DATABASE {} WITH (FORCE)", name)


def _ask(alias: str, statement: str, name: str) -> None:
    try:
        with connections[alias].cursor() as cursor:
            # Files are copied and removed: on a busy machine that takes what it takes.
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
            cursor.execute("RESET statement_timeout")
    except ProgrammingError:
        raise BackupError(
            "This role may make no database here. Run it where it may, or on a machine"
            " where DATABASE_URL and REDIS_URL are unset: that has servers of its own."
        ) from None


@contextmanager
def looking_at(**databases: str) -> Iterator[None]:
    """This process alone reads from them, by alias."""
    with ExitStack() as stack:
        for alias, name in databases.items():
            stack.enter_context(_database(alias, name))
        stack.enter_context(_remembering_nothing())
        yield


@contextmanager
def told(name: str, value: str) -> Iterator[None]:
    """A setting of this process is another for a while."""
    before = getattr(settings, name)
    setattr(settings, name, value)
    with _remembering_nothing():
        try:
            yield
        finally:
            setattr(settings, name, before)


@contextmanager
def _database(alias: str, name: str) -> Iterator[None]:
    connection = connections[alias]
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def _remembering_nothing() -> Iterator[None]:
    data_keys.forget_all()
    try:
        yield
    finally:
        data_keys.forget_all()
