"""Brings the tables up to date, as their owner: `python -m config.tables`."""

import io
import os

import django
from django.core.management import call_command

from config import servers


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DATABASE_ROLE"] = "owner"
    if servers.wanted():
        servers.use()
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable")
    call_command("anchor_trail", "--first")
    call_command("rebuild_listings", "--outdated", stdout=io.StringIO())


if __name__ == "__main__":
    main()
