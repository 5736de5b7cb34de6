"""Where a ZIP is, by the centroids of the packaged table."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from network.privacy.zip_codes import Zip as ZipCode
from network.privacy.zip_codes import all_zips

__all__ = ["ZipCode", "find_zip", "zip_codes"]


def find_zip(text: str) -> ZipCode | None:
    """By five digits, or by nine with or without the dash."""
    return zip_codes().get(text.strip()[:5])


@cache
def zip_codes() -> Mapping[str, ZipCode]:
    """Every ZIP there is, by its five digits."""
    return MappingProxyType({each.code: each for each in all_zips()})
