"""Fill a development site with invented people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.clinicians.demo.cast import CAST, PASSWORD, STAFF
from network.clinicians.demo.loading import load
from network.clinicians.demo.registry import LISTED


class Command(BaseCommand):
    help = "Load five hundred invented clinicians and the accounts to try them with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="even where DEBUG is off"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or options["force"]):
            raise CommandError(
                "The demonstration has public passwords: it loads with DEBUG only, "
                "or with --force."
            )
        load()
        for role in (*CAST, STAFF):
            self.stdout.write(f"{role.email:<26} {role.shows}")
        self.stdout.write(f"Password of all: {PASSWORD}")
        newcomer = LISTED[0]
        self.stdout.write(
            "To come as somebody new, create an account and give the NPI "
            f"{newcomer.npi} with the last name {newcomer.last_name}."
        )
