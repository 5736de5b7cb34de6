"""What an installation is told about its keys before it serves."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def keys_are_kept_apart(**_: Any) -> Sequence[checks.CheckMessage]:
    if settings.CONSILIUM_KEYS:
        return []
    return [
        checks.Warning(
            "CONSILIUM_KEYS is unset: the key stands in a file of this checkout.",
            hint="Set it, and keep a copy apart from the database's backups.",
            id="privacy.W001",
        )
    ]
