"""A backup is restored and proved, and what is wrong with one is found."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from pytest_django import Settings

from config import servers
from config.postgres import BINARIES
from config.servers import APP, DATABASE, KEYSTORE, OWNER, SUPERUSER, Place
from network.privacy.backup import BackupError, postgres
from network.privacy.keys import new_key
from tests.faults.installation import Installation, installed

pytestmark = pytest.mark.installation
CANARY = "canary-in-a-backup"
SOME_LIFE = f"""
from messaging.actions.drafts import save_draft
from tests.factories import a_conversation, a_direct, a_member
from tests.messaging.saying import her, say
ana, ben, cleo = a_member("Ana"), a_member("Ben"), a_member("Cleo")
for room in (a_direct(ana, ben), a_conversation(ana, ben, cleo, title="{CANARY}")):
    say(ana, room, "{CANARY} one")
    say(ben, room, "{CANARY} two")
    save_draft(room, "{CANARY} begun", by=her(ana))
"""
SHRED = """
from messaging.models import Conversation
from network.activity.actors import Actor
from network.privacy.actions import destroy_keys
room = Conversation.objects.get(kind="direct")
scope = f"conversation:{room.public_id}"
print(destroy_keys(scope, by=Actor.system(), why="retention"))
"""
READ = """
from messaging.models import Conversation
from network.clinicians.models import Clinician
from tests.messaging.saying import texts
ana, room = Clinician.objects.get(name="Ana"), Conversation.objects.get(kind="direct")
print(texts(ana, room)[0])
"""
EPOCHS = """
from messaging.models import Conversation
print(*Conversation.objects.order_by("pk").values_list("epoch", flat=True))
"""
LEFT = "SELECT count(*) FROM pg_database WHERE datname LIKE 'restore_test_%'"


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("backup")) as running:
        running.does(SOME_LIFE)
        yield running


@pytest.fixture(scope="module")
def backup(there: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("kept") / "today"
    said = there.manage("backup", str(directory))
    assert "Keep keystore.dump apart from the rest, and for seven days." in said
    return directory


def proved(there: Installation, *words: str, code: int = 0) -> list[str]:
    said = there.manage("restore_test", *words, code=code).splitlines()
    with psycopg.connect(there.place.database_url(SUPERUSER)) as connection:
        assert connection.execute(LEFT).fetchone() == (0,)
    return said


def failing(said: list[str]) -> list[str]:
    return [line for line in said if not line.startswith("holds: ")]


def test_it_is_for_its_owner_and_names_no_secret(
    there: Installation, backup: Path
) -> None:
    files = {str(path.relative_to(backup)) for path in backup.rglob("*")}
    assert {"database.dump", "keystore.dump", "destroyed-keys.jsonl"} <= files
    assert {"anchors", "manifest.json"} <= files
    assert len(list((backup / "anchors").glob("anchor-*.jsonl"))) == 2
    assert [path for path in [backup, *backup.rglob("*")] if open_to_others(path)] == []

    written = (backup / "manifest.json").read_text()
    said = json.loads(written)
    assert said["ring"] == ["first"]
    assert "CONSILIUM_KEYS" in said["settings"]
    assert there.ring.split(":")[1] not in written
    assert CANARY not in written


def open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077)


def test_restored_it_reads_with_the_keys_and_not_without(
    there: Installation, backup: Path
) -> None:
    said = proved(there, str(backup))

    assert failing(said) == []
    assert [line.removeprefix("holds: ") for line in said[2:]] == [
        "its tables are brought up to this version",
        "the audit trail fits its anchors",
        "0 destroyed keys stay destroyed (0 had come back)",
        said[5].removeprefix("holds: "),
        "nothing opens without the ring",
        "no message opens without the keystore",
    ]
    assert "rows of" in said[1]
    assert "sealed things open with the keys, 0 are destroyed" in said[5]


def test_the_keystores_dump_may_be_kept_apart(
    there: Installation, backup: Path, tmp_path: Path
) -> None:
    copied = shutil.copytree(backup, tmp_path / "words")
    apart = shutil.move(copied / "keystore.dump", tmp_path / "keys.dump")

    assert failing(proved(there, str(copied), "--keystore", str(apart))) == []
    assert proved(there, str(copied), code=1)


def test_another_ring_opens_nothing(there: Installation, backup: Path) -> None:
    stranger = there.with_ring(new_key("stranger"))

    [fault] = failing(proved(stranger, str(backup), code=1))

    assert "0 sealed things open with the keys" in fault
    assert "do not open" in fault


def test_what_was_written_otherwise_is_found(
    there: Installation, backup: Path, tmp_path: Path
) -> None:
    bent = shutil.copytree(backup, tmp_path / "bent")
    manifest = bent / "manifest.json"
    said = json.loads(manifest.read_text())
    said["tables"]["default"]["messaging_message"][1] = "1"
    manifest.write_text(json.dumps(said))
    (bent / "destroyed-keys.jsonl").write_text("bent")

    faults = failing(proved(there, str(bent), code=1))

    assert len(faults) == 2
    assert "changed or missing: destroyed-keys.jsonl" in faults[0]
    assert "differ: default:messaging_message" in faults[1]


def test_a_torn_dump_is_no_backup(
    there: Installation, backup: Path, tmp_path: Path
) -> None:
    torn = shutil.copytree(backup, tmp_path / "torn")
    dump = torn / "database.dump"
    dump.write_bytes(dump.read_bytes()[:20_000])

    said = proved(there, str(torn), code=1)

    assert said[0].startswith("FAILS: ")
    assert "pg_restore failed" in said[-1]


def test_as_the_papers_say_it_is_brought_back_elsewhere(
    there: Installation, backup: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = Place(tmp_path_factory.mktemp("elsewhere"))
    servers.use(place, "--careless")
    try:
        for dump, name in (("database", DATABASE), ("keystore", KEYSTORE)):
            pg_restore(place, name, backup / f"{dump}.dump")
        shutil.copytree(backup / "anchors", place.directory / "anchors")
        elsewhere = Installation(place, there.ring)
        elsewhere.run("-m", "config.tables")

        assert " 0 do not" in elsewhere.manage("keys", "verify")
        assert elsewhere.manage("verify_trail") == ""
        assert elsewhere.manage("renew_epochs").endswith("2 logs begin anew\n")
        known, renewed = (one.does(EPOCHS).split() for one in (there, elsewhere))
        assert len({*known, *renewed}) == 4
        assert elsewhere.does(READ) == f"{CANARY} one"
        assert rights(place, DATABASE, "activity_event") == (True, False)
        assert rights(place, DATABASE, "messaging_message") == (True, True)
        assert rights(place, KEYSTORE, "keystore_destroyedkey") == (True, False)
    finally:
        servers.release(place)


def pg_restore(place: Place, database: str, dump: Path) -> None:
    """As docs/running.md has it."""
    how = ["--no-owner", "--exit-on-error", "--dbname"]
    address = place.database_url(OWNER, database)
    subprocess.run([BINARIES / "pg_restore", *how, address, dump], check=True)


def rights(place: Place, database: str, table: str) -> object:
    """Whether the application may add to it, and whether it may take away."""
    asked = (
        "SELECT has_table_privilege(%s, 'INSERT'), has_table_privilege(%s, 'DELETE')"
    )
    with psycopg.connect(place.database_url(APP, database)) as connection:
        return connection.execute(asked, [table, table]).fetchone()


def test_a_shredded_conversation_is_unreadable_in_the_restored_backup(
    there: Installation, backup: Path
) -> None:
    assert there.does(SHRED) == "1"

    said = proved(there, str(backup))

    assert failing(said) == []
    assert "1 destroyed keys stay destroyed (1 had come back)" in said[4]
    assert said[5].endswith("open with the keys, 3 are destroyed")


def test_a_trail_that_was_changed_before_is_found(
    there: Installation, tmp_path: Path
) -> None:
    with psycopg.connect(there.place.database_url(SUPERUSER)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "DELETE FROM activity_event WHERE verb = 'conversation.started'"
        )
    there.manage("backup", str(tmp_path / "later"))

    faults = failing(proved(there, str(tmp_path / "later"), code=1))

    assert any("the audit trail fits its anchors; " in fault for fault in faults)


def test_nothing_is_written_over(there: Installation, backup: Path) -> None:
    assert "has something in it" in there.manage("backup", str(backup), code=1)
    assert "no whole backup" in there.manage(
        "restore_test", str(backup / "anchors"), code=1
    )


# -- How PostgreSQL's programs are called ------------------------------------------


def test_without_the_programs_it_says_what_to_install(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.POSTGRES_BINARIES = tmp_path
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupError, match="pg_dump is missing: install"):
        postgres.dump("default", tmp_path / "dump", "1")


def test_a_password_is_on_no_command_line(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(
        f'#!/bin/sh\necho "$*" > {tmp_path}/line\nenv > {tmp_path}/env\n'
    )
    program.chmod(0o700)
    settings.POSTGRES_BINARIES = tmp_path
    monkeypatch.setitem(connections["default"].settings_dict, "PASSWORD", CANARY)

    postgres.dump("default", tmp_path / "dump", "1")

    assert CANARY not in (tmp_path / "line").read_text()
    assert f"PGPASSWORD={CANARY}" in (tmp_path / "env").read_text()
