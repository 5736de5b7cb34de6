from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.privacy.backup import DUMPS, BackupError
from network.privacy.backup.making import make_backup


class Command(BaseCommand):
    help = "Copy the database and, in a file to be kept apart, the keystore."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="one that is new or empty")

    def handle(self, *args: object, directory: Path, **options: object) -> None:
        try:
            manifest = make_backup(directory)
        except BackupError as failure:
            raise CommandError(str(failure)) from None
        rows = sum(
            count for held in manifest.tables.values() for count, _ in held.values()
        )
        self.stdout.write(f"{rows} rows in {directory}, with a manifest.")
        self.stdout.write(
            f"Keep {DUMPS['keystore']} apart from the rest, and for seven days. The"
            f" keys {', '.join(manifest.ring) or 'of the ring'} are needed beside it;"
            " so are SECRET_KEY and the settings that the manifest names."
        )
