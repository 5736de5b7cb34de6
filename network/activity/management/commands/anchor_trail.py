from django.core.management.base import BaseCommand, CommandParser

from network.activity import actions


class Command(BaseCommand):
    help = "Seal all chains of the trail as they stand now, outside the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--first", action="store_true", help="only if there never was an anchor"
        )

    def handle(self, *, first: bool, **options: object) -> None:
        path = actions.anchor_first() if first else actions.anchor_trail()
        if path:
            self.stdout.write(str(path))
