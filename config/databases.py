"""How a process reaches its databases."""

from typing import Any

import dj_database_url

from config import env, patience


def reached(url: str) -> dict[str, Any]:
    """Each web request has a thread of its own: they share a pool of connections."""
    pool = env.number("DATABASE_POOL", 0)
    limit = 0 if env.text("DATABASE_ROLE") == "owner" else 20_000
    settings: dict[str, Any] = dict(
        dj_database_url.parse(url, conn_max_age=0 if pool else 60)
    )
    settings["CONN_HEALTH_CHECKS"] = True
    settings["OPTIONS"] = {
        "connect_timeout": 2,
        "options": f"-c statement_timeout={limit}",
        "pool": patience.pool(pool) if pool else None,
        **settings.get("OPTIONS", {}),
    }
    return settings
