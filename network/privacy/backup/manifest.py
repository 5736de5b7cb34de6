"""What belongs to a backup: its files, its rows, and what one needs beside it."""

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from network.privacy.backup import DUMPS, MANIFEST, BackupError, files_in
from network.privacy.backup.rows import Tables
from network.privacy.sealed.everything import needed_of_the_ring


@dataclass(frozen=True)
class Manifest:
    """Names of settings and of keys, and neither a setting nor a key."""

    made_at: str
    version: str
    postgresql: str
    settings: list[str]
    ring: list[str]
    migrations: dict[str, list[str]]
    tables: dict[str, Tables]
    files: dict[str, str]

    def write(self, directory: Path) -> None:
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (directory / MANIFEST).write_text(f"{text}\n")


def manifest_of(directory: Path, tables: dict[str, Tables]) -> Manifest:
    return Manifest(
        made_at=timezone.now().isoformat(),
        version=_version(),
        postgresql=str(connections["default"].get_database_version()),
        settings=settings.VARIABLES_SET(),
        ring=sorted({key for held in needed_of_the_ring().values() for key in held}),
        migrations={alias: _migrations(alias) for alias in DUMPS},
        tables=tables,
        files=hashes(directory),
    )


def read(directory: Path) -> Manifest:
    try:
        return Manifest(**json.loads((directory / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError):
        raise BackupError(
            f"{directory} is no whole backup: it has no manifest."
        ) from None


def hashes(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): hash_of(path) for path in files_in(directory)
    }


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def _migrations(alias: str) -> list[str]:
    """The last one of each app."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    last = dict(sorted(applied))
    return [f"{app}.{name}" for app, name in last.items()]
