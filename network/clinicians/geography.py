"""Where a ZIP is: the centroids of the zipcodes package, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import zipcodes


@dataclass(frozen=True, slots=True)
class ZipCode:
    code: str
    city: str
    state: str
    latitude: float
    longitude: float


def find_zip(text: str) -> ZipCode | None:
    """By five digits, or by nine with or without the dash."""
    return zip_codes().get(text.strip()[:5])


@cache
def zip_codes() -> Mapping[str, ZipCode]:
    """Every ZIP there is, by its five digits."""
    return MappingProxyType(
        {
            entry["zip_code"]: ZipCode(
                code=entry["zip_code"],
                city=entry["city"],
                state=entry["state"],
                latitude=float(entry["lat"]),
                longitude=float(entry["long"]),
            )
            for entry in zipcodes.list_all()  # type: ignore[no-untyped-call]
        }
    )
