"""The keystore is a database of its own, made and granted by `config.tables`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections, router
from django.test import Client

from config import env, servers
from config.servers import APP, KEYSTORE, OWNER, ROOT, SUPERUSER, Place
from network.activity.models import Event
from network.privacy.checks import keystore_is_a_database_of_its_own
from network.privacy.keystore.models import WrappedKey
from tests.privacy.keeping import serving

MAKE = """
import datetime, django
from concurrent.futures import ThreadPoolExecutor
django.setup()
from network.privacy.data_keys import key_for
months = [datetime.date(2026, month, 9) for month in range(1, 13)]
with ThreadPoolExecutor(6) as threads:
    print(*threads.map(lambda month: key_for("conversation:1", month).id, months))
"""


def test_keys_stand_there_and_nothing_else_does(db: None) -> None:
    tables = connections["keystore"].introspection.table_names()

    assert set(tables) == {"keystore_wrappedkey", "keystore_destroyedkey"}
    assert (
        "keystore_wrappedkey" not in connections["default"].introspection.table_names()
    )
    assert router.db_for_write(WrappedKey) == "keystore"
    assert router.db_for_write(Event) == "default"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An installation of before there was a keystore, brought up to date."""
    place = Place(tmp_path_factory.mktemp("before"))
    servers.use(place, "--careless")
    with psycopg.connect(place.database_url(SUPERUSER), autocommit=True) as superuser:
        superuser.execute(f"DROP DATABASE {KEYSTORE}")
    run(place, "-m", "config.tables")
    yield place
    servers.release(place)


def run(place: Place, *command: str, **more: str) -> str:
    mine = {
        **place.environment(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_ROLE": "",
        "AUDIT_ANCHOR_PATH": str(place.directory / "anchors"),
        "DESTROYED_KEYS_PATH": str(place.directory / "stones"),
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **mine, **more},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_an_installation_of_before_gets_one(place: Place) -> None:
    with psycopg.connect(place.database_url(APP, KEYSTORE)) as app:
        app.execute("SELECT FROM keystore_wrappedkey").fetchall()


def test_the_application_may_remove_keys_and_no_tombstone(place: Place) -> None:
    with psycopg.connect(place.database_url(APP, KEYSTORE), autocommit=True) as app:
        app.execute(
            "INSERT INTO keystore_destroyedkey VALUES (gen_random_uuid(), 's', now())"
        )
        app.execute("DELETE FROM keystore_wrappedkey WHERE scope = 'nothing'")
        for harm in ("DELETE FROM", "TRUNCATE", "DROP TABLE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(f"{harm} keystore_destroyedkey")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("UPDATE keystore_destroyedkey SET scope = ''")


def test_processes_that_make_a_key_at_once_get_the_same(place: Place) -> None:
    with ThreadPoolExecutor(3) as pool:
        few = {"DATABASE_POOL": "2"}
        said = list(pool.map(lambda _: run(place, "-c", MAKE, **few), range(2)))

    assert len(set(said)) == 1
    assert len(set(said[0].split())) == 12


def test_where_the_owner_may_make_none_it_is_said_in_a_sentence(place: Place) -> None:
    url = place.database_url(OWNER)
    with psycopg.connect(place.database_url(SUPERUSER), autocommit=True) as superuser:
        superuser.execute(f"ALTER ROLE {OWNER} NOCREATEDB")
        superuser.execute(f"ALTER DATABASE {KEYSTORE} RENAME TO elsewhere")
        try:
            with pytest.raises(subprocess.CalledProcessError) as failure:
                run(place, "-m", "config.tables", DATABASE_OWNER_URL=url)
            assert f"CREATE DATABASE {KEYSTORE} OWNER {OWNER}" in failure.value.stderr
            elsewhere = place.database_url(OWNER, "elsewhere")
            named = {"KEYSTORE_URL": elsewhere, "KEYSTORE_OWNER_URL": elsewhere}
            run(place, "-m", "config.tables", **named)
        finally:
            superuser.execute(f"ALTER DATABASE elsewhere RENAME TO {KEYSTORE}")
            superuser.execute(f"ALTER ROLE {OWNER} CREATEDB")


@pytest.mark.parametrize(
    ("role", "variables", "found"),
    [
        ("", {}, "postgresql://app@db/consilium_keys"),
        ("owner", {}, "postgresql://owner@db/consilium_keys"),
        ("", {"KEYSTORE_URL": "postgresql://k@far/k"}, "postgresql://k@far/k"),
        ("owner", {"KEYSTORE_URL": "postgresql://k@far/k"}, "postgresql://k@far/k"),
        (
            "owner",
            {"KEYSTORE_URL": "x", "KEYSTORE_OWNER_URL": "postgresql://o@far/k"},
            "postgresql://o@far/k",
        ),
    ],
)
def test_it_is_beside_the_database_unless_it_has_an_address(
    monkeypatch: pytest.MonkeyPatch, role: str, variables: dict[str, str], found: str
) -> None:
    monkeypatch.setenv("DATABASE_ROLE", role)
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/consilium")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db/consilium")
    for name in ("KEYSTORE_URL", "KEYSTORE_OWNER_URL"):
        monkeypatch.setenv(name, variables.get(name, ""))

    assert env.keystore_url() == found


def test_what_an_address_says_besides_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Place(Path("/srv/one & two"))
    monkeypatch.setenv("DATABASE_ROLE", "")
    monkeypatch.setenv("KEYSTORE_URL", "")
    monkeypatch.setenv("DATABASE_URL", f"{ours.database_url(APP)}?sslmode=require")

    beside = ours.database_url(APP, KEYSTORE)
    assert env.keystore_url() == f"{beside}?sslmode=require"


@pytest.mark.django_db(transaction=True)
def test_while_it_is_away_most_of_the_site_is_ready(client: Client) -> None:
    with serving("nowhere"):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"degraded")
    assert client.get("/readyz").content == b"ready"


def test_one_database_for_both_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert keystore_is_a_database_of_its_own() == []

    main, keystore = settings.DATABASES["default"], settings.DATABASES["keystore"]
    monkeypatch.setitem(keystore, "NAME", main["NAME"])
    [error] = keystore_is_a_database_of_its_own()
    assert error.id == "privacy.E002"
