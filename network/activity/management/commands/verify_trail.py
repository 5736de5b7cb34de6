import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from network.activity.trail import faults, is_unanchored


class Command(BaseCommand):
    help = "Print every fault of the trail, one a line; exit 1 if there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchors", type=Path, default=settings.AUDIT_ANCHOR_PATH, metavar="PATH"
        )

    def handle(self, *, anchors: Path, **options: object) -> None:
        found = 0
        for fault in faults(anchors):
            self.stdout.write(str(fault))
            found += 1
        if is_unanchored(anchors):
            self.stdout.write(f"no anchors at {anchors}: run anchor_trail")
            found += 1
        if found:
            sys.exit(1)
