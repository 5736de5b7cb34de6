"""Writing a backup: each database as it stands at one moment, the keys after the words.

So a key that is made meanwhile is there for the word that it seals.
"""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction

from network.activity.actions import anchor_trail
from network.activity.anchors import anchors
from network.privacy.backup import ANCHORS, DUMPS, STONES, BackupError, postgres
from network.privacy.backup.manifest import Manifest, manifest_of
from network.privacy.backup.rows import Tables, tables_of


def make_backup(directory: Path) -> Manifest:
    """In a directory of its own, for its owner alone; whole once it has a manifest."""
    _make(directory)
    # First, so that the dump holds at least what the anchors speak of.
    anchor_trail()
    _keep_anchors(directory / ANCHORS)
    tables = {alias: _dump(alias, directory / name) for alias, name in DUMPS.items()}
    _keep_stones(directory / STONES)
    manifest = manifest_of(directory, tables)
    manifest.write(directory)
    return manifest


def _make(directory: Path) -> None:
    os.umask(postgres.FOR_OURSELVES)
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        is_empty = not any(directory.iterdir())
    except OSError as error:
        raise BackupError(
            f"{directory} cannot be written to: {error.strerror}."
        ) from None
    if not is_empty:
        raise BackupError(f"{directory} has something in it: name a new directory.")


def _keep_anchors(target: Path) -> None:
    target.mkdir()
    for path in anchors(Path(settings.AUDIT_ANCHOR_PATH)):
        shutil.copyfile(path, target / path.name)


def _dump(alias: str, file: Path) -> Tables:
    """The rows that are counted are those that are dumped, whoever writes meanwhile."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        postgres.dump(alias, file, snapshot)
        return tables_of(alias)


def _keep_stones(target: Path) -> None:
    path = Path(settings.DESTROYED_KEYS_PATH)
    target.write_bytes(path.read_bytes() if path.exists() else b"")
