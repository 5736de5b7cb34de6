"""Build every listing anew, or say which ones are not what they should be."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from network.clinicians.matching.layout import STAMP
from network.clinicians.matching.listing import drifted, rebuild_listings, reorder
from network.clinicians.models import Clinician


class Command(BaseCommand):
    help = "Rebuilds the rows that are searched from the profiles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--outdated",
            action="store_true",
            help="only those written before the vocabulary took another shape",
        )
        parser.add_argument(
            "--reorder",
            action="store_true",
            help="then let those lie together who are found together",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; name each listing that drifted, and exit with 1",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        people = Clinician.objects.order_by("pk").values_list("pk", flat=True)
        if options["outdated"]:
            people = people.exclude(listing__layout=STAMP)
        ids = people.iterator(chunk_size=2000)
        if options["check"]:
            self._check(ids)
            return
        self.stdout.write(f"{rebuild_listings(ids)} listings rebuilt")
        if options["reorder"]:
            reorder()

    def _check(self, ids: Iterator[int]) -> None:
        gone_astray = list(drifted(ids, localdate()))
        for clinician_id in gone_astray:
            self.stdout.write(f"clinician {clinician_id}: the listing drifted")
        if gone_astray:
            raise CommandError(f"{len(gone_astray)} listings drifted")
        self.stdout.write("every listing is what its profile says")
