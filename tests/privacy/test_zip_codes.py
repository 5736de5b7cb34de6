"""The packaged table says what the package says."""

from network.privacy.management.commands.make_zip_codes import packaged
from network.privacy.zip_codes import all_zips


def test_the_table_is_the_packages() -> None:
    assert list(all_zips()) == packaged()
