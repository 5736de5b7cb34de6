import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.privacy.backup import DUMPS, BackupError
from network.privacy.backup.proofs import proofs


class Command(BaseCommand):
    help = "Restore a backup beside what is served, prove it, and drop it again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--keystore", type=Path, help="where its dump is, when it is kept apart"
        )

    def handle(
        self, *args: object, directory: Path, keystore: Path | None, **options: object
    ) -> None:
        failed = 0
        try:
            for proof in proofs(directory, keystore or directory / DUMPS["keystore"]):
                self.stdout.write(str(proof))
                self.stdout.flush()
                failed += not proof.holds
        except BackupError as failure:
            raise CommandError(str(failure)) from None
        if failed:
            sys.exit(1)
