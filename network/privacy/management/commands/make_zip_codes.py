"""Makes the table of ZIP codes anew, after a new version of the `zipcodes` package."""

from typing import Any

import zipcodes
from django.core.management.base import BaseCommand

from network.privacy.zip_codes import TABLE, Zip, written


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        TABLE.write_bytes(written(packaged()))


def packaged() -> list[Zip]:
    return [
        Zip(
            one["zip_code"],
            one["zip_code_type"],
            one["active"],
            one["city"],
            one["state"],
            one["county"],
            float(one["lat"] or 0),
            float(one["long"] or 0),
        )
        for one in zipcodes.list_all()  # type: ignore[no-untyped-call]
    ]
