"""What an installation is told about its trail before it serves."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def two_roles(**_: Any) -> Sequence[checks.CheckMessage]:
    if settings.DATABASE_APP_ROLE != settings.DATABASE_OWNER_ROLE:
        return []
    return [
        checks.Warning(
            "One database role both migrates and serves: it could rewrite the trail.",
            hint="Set DATABASE_OWNER_URL to a role of its own and run migrate.",
            id="activity.W001",
        )
    ]
