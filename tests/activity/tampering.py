"""What somebody with all rights over the database could do to the trail."""

import os
from pathlib import Path

import psycopg
from django.db import connection

from config import servers
from tests.servers import SHARED


def tamper(*statements: str) -> None:
    """As the superuser, with every trigger off."""
    place = servers.Place(Path(os.environ[SHARED]))
    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(place.database_url(servers.SUPERUSER, name)) as superuser:
        superuser.execute("SET session_replication_role = replica")
        for statement in statements:
            superuser.execute(statement.encode())
