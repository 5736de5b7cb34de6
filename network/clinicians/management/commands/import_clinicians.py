"""Fill the network from an association's member list."""

import gc
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.accounts.models import User
from network.accounts.permissions import powers
from network.clinicians.geography import zip_codes
from network.clinicians.progress import Progress
from network.clinicians.reporting import Report
from network.clinicians.roster.run import Outcome, import_roster


class Command(BaseCommand):
    help = "Import clinicians from a file of JSON, one object a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would happen, change nothing",
        )
        parser.add_argument(
            "--verified-by",
            metavar="EMAIL",
            help="the member of staff who vouches for lines that say “verified”",
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write every problem as CSV"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        vouched_by = _staff(options["verified_by"])
        _calm_collector()
        path: Path = options["file"]
        try:
            with (
                path.open("rb") as file,
                Report(self.stderr, options["report"]) as report,
            ):
                progress = Progress(path.stat().st_size, "lines")
                outcome = import_roster(
                    file,
                    vouched_by=vouched_by,
                    dry_run=options["dry_run"],
                    tell=report.tell,
                    show=progress.show,
                )
                progress.clear()
        except OSError as fault:
            raise CommandError(f"{path} cannot be read: {fault.strerror}.") from fault
        self.stdout.write(_summary(outcome, options["dry_run"]))
        if outcome.lines and outcome.lines == outcome.rejected:
            raise CommandError("No line could be imported.")


def _calm_collector() -> None:
    """What stands in memory by now stays: walking it for garbage costs a third."""
    zip_codes()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _staff(email: str | None) -> User | None:
    if email is None:
        return None
    user = User.objects.filter(email__iexact=email, is_staff=True, is_active=True)
    if (found := user.first()) is None:
        raise CommandError(f"{email} is not a member of staff; create_staff makes one.")
    if "verify" not in powers(found):
        raise CommandError(f"{email} has no role that lets them vouch for members.")
    return found


def _summary(outcome: Outcome, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    return (
        f"{outcome.created:,} {would}created, {outcome.updated:,} {would}updated, "
        f"{outcome.rejected:,} rejected."
    )
