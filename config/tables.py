"""Brings the tables up to date, as their owner: `python -m config.tables`."""

import io
import os

import django
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection
from psycopg import sql

from config import env, privileges, servers


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DATABASE_ROLE"] = "owner"
    if servers.wanted():
        servers.use()
    django.setup()
    _have_keystore()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", "keystore", database="keystore", verbosity=0)
    call_command("replay_destroyed_keys", stdout=io.StringIO())
    call_command("createcachetable")
    privileges.keep()
    call_command("anchor_trail", "--first")
    call_command("rebuild_listings", "--outdated", stdout=io.StringIO())
    call_command("index_messages", stdout=io.StringIO())


def _have_keystore() -> None:
    """Made here when missing, unless it has an address, and so a maker, of its own."""
    name = settings.DATABASES["keystore"]["NAME"]
    if env.text("KEYSTORE_URL") or _exists(name):
        return
    try:
        with connection.cursor() as cursor:
            make = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            cursor.execute(make)
    except ProgrammingError:
        servers.fail(
            f"The keystore is missing, and {settings.DATABASE_OWNER_ROLE} may not make "
            f"it. As a superuser: CREATE DATABASE {name} OWNER "
            f"{settings.DATABASE_OWNER_ROLE}; docs/running.md says more."
        )


def _exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


if __name__ == "__main__":
    main()
