"""What an installation is told about its keys before it serves."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core import checks

PAIR = ("default", "keystore")


@checks.register(checks.Tags.security, deploy=True)
def keystore_is_a_database_of_its_own(**_: Any) -> Sequence[checks.CheckMessage]:
    main, keystore = (_address(settings.DATABASES[name]) for name in PAIR)
    if main != keystore:
        return []
    return [
        checks.Error(
            "The keystore is the database that it is to be kept apart from.",
            hint="Give KEYSTORE_URL another one, or leave it out.",
            id="privacy.E002",
        )
    ]


def _address(said: Mapping[str, Any]) -> tuple[Any, ...]:
    return said["HOST"], said["PORT"], said["NAME"]


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
