"""Fill the registry of listed, unclaimed clinicians."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.clinicians.nppes.layout import NotTheRegistryError
from network.clinicians.nppes.run import Outcome, import_registry
from network.clinicians.progress import Progress
from network.clinicians.reporting import Report


class Command(BaseCommand):
    help = "Import behavioural clinicians from the NPPES dissemination file (CSV)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="write every rejected row as CSV",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            outcome = self._import(path, options["report"])
        except OSError as fault:
            raise CommandError(f"{path} cannot be read: {fault.strerror}.") from fault
        except NotTheRegistryError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(_summary(outcome))

    def _import(self, path: Path, report_path: Path | None) -> Outcome:
        with path.open("rb") as file, Report(self.stderr, report_path) as report:
            progress = Progress(path.stat().st_size, "rows")
            outcome = import_registry(file, tell=report.tell, show=progress.show)
            progress.clear()
        return outcome


def _summary(outcome: Outcome) -> str:
    published = outcome.published
    assert published is not None  # noqa: S101 the import ends with it
    return (
        f"{outcome.rows:,} rows: {outcome.behavioural:,} behavioural, "
        f"{outcome.others:,} of other kinds, {outcome.rejected:,} rejected.\n"
        f"{published.created:,} entries created, {published.updated:,} updated, "
        f"{published.deactivated:,} deactivated."
    )
