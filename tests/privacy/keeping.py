"""What the tests of the keystore do with it, and with what was kept of it."""

import os
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

from config import postgres, servers
from network.activity.actors import Actor
from network.privacy import data_keys
from network.privacy.actions import destroy_keys
from network.privacy.data_keys import DataKey, known_keys
from tests.servers import SHARED


def destroy(scope: str) -> int:
    return destroy_keys(scope, by=Actor.system(), why="retention")


def is_readable(key: DataKey) -> bool:
    """By a process that remembers nothing."""
    data_keys.forget_all()
    return known_keys([key.id]) != {}


def dumped(alias: str, directory: Path) -> Path:
    path = directory / f"{alias}.sql"
    address = superuser(str(connections[alias].settings_dict["NAME"]))
    subprocess.run([postgres.BINARIES / "pg_dump", "-f", path, address], check=True)
    return path


@contextmanager
def restored(dump: Path) -> Iterator[str]:
    """In a database of its own."""
    name = f"restored_{uuid.uuid4().hex}"
    made = sql.Identifier(name)
    with psycopg.connect(superuser("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(made)
        )
        try:
            _fill(name, dump)
            yield name
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(made))


def _fill(database: str, dump: Path) -> None:
    psql = [str(postgres.BINARIES / "psql"), "-q", "-v", "ON_ERROR_STOP=1"]
    command = [*psql, "-f", str(dump), superuser(database)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serving(keystore: str) -> Iterator[None]:
    """From another database than before."""
    said = connections["keystore"].settings_dict
    connections["keystore"].close()
    name, said["NAME"] = said["NAME"], keystore
    try:
        yield
    finally:
        connections["keystore"].close()
        said["NAME"] = name


def superuser(database: str) -> str:
    place = servers.Place(Path(os.environ[SHARED]))
    return place.database_url(servers.SUPERUSER, database)


@contextmanager
def with_all_rights(alias: str) -> Iterator[psycopg.Connection[Any]]:
    name = str(connections[alias].settings_dict["NAME"])
    with psycopg.connect(superuser(name)) as connection:
        yield connection
