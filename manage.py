#!/usr/bin/env python3
"""Django's commands. Where no servers are configured, ours run while one does."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

OURS = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
# These change tables or copy them, and so run as the owner of the database.
OWNERS = {
    "backup",
    "createcachetable",
    "migrate",
    "optimizemigration",
    "restore_test",
    "sqlmigrate",
}
WITHOUT_SERVERS = {"check", "collectstatic", "help", "--help", "--version", ""}


def main() -> None:
    if find_spec("django") is None:
        _start_again()
    command = next(iter(sys.argv[1:]), "")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if command in OWNERS:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    if command not in WITHOUT_SERVERS:
        _have_servers()
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


def _start_again() -> None:
    """Called with a bare Python: the one in the virtual environment knows Django."""
    if not OURS.exists() or Path(sys.executable) == OURS:
        raise SystemExit("What this needs is not installed yet: run bin/dev first.")
    os.execv(OURS, [str(OURS), *sys.argv])  # noqa: S606 our own Python


def _have_servers() -> None:
    from config import servers  # noqa: PLC0415

    if servers.wanted():
        servers.use()


if __name__ == "__main__":
    main()
