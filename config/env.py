"""What the environment says; what it leaves out is safe."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from config import servers
from network.privacy.made_once import kept

TRUE = {"1", "true", "yes", "on"}
_asked: set[str] = set()


def text(name: str, default: str = "") -> str:
    _asked.add(name)
    return os.environ.get(name, "").strip() or default


def told() -> list[str]:
    """Which of the names that were asked for the environment knows."""
    return sorted(name for name in _asked if os.environ.get(name))


def flag(name: str, *, default: bool = False) -> bool:
    return text(name, str(default)).lower() in TRUE


def number(name: str, default: int) -> int:
    return int(text(name, str(default)))


def words(name: str, default: str = "") -> list[str]:
    return text(name, default).replace(",", " ").split()


def secret(name: str, path: Path) -> str:
    """The variable, or else what stands in the file, which is made when missing."""
    return text(name) or kept(path, lambda: secrets.token_urlsafe(50))


def database_url() -> str:
    """The application's role; the owner's where DATABASE_ROLE asks for it."""
    if text("DATABASE_ROLE") == "owner":
        return owner_url()
    return app_url()


def owner_url() -> str:
    default = servers.OURS.database_url(servers.OWNER)
    return text("DATABASE_OWNER_URL", text("DATABASE_URL", default))


def app_url() -> str:
    return text("DATABASE_URL", servers.OURS.database_url(servers.APP))


def app_role() -> str:
    """The database role that serves requests, and may not touch the trail."""
    return urlsplit(app_url()).username or ""


def owner_role() -> str:
    """The database role that makes tables."""
    return urlsplit(owner_url()).username or ""


def keystore_url() -> str:
    """A database beside the other one unless it has an address of its own."""
    if text("DATABASE_ROLE") == "owner":
        return text("KEYSTORE_OWNER_URL", text("KEYSTORE_URL", _beside(owner_url())))
    return text("KEYSTORE_URL", _beside(app_url()))


def keystore_app_role() -> str:
    return urlsplit(text("KEYSTORE_URL", app_url())).username or ""


def _beside(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path}_keys").geturl()


def redis_url() -> str:
    return text("REDIS_URL", servers.OURS.valkey_url)


def broker_url() -> str:
    """Celery calls a Unix socket by another name than the Redis client does."""
    return redis_url().replace("unix://", "redis+socket://", 1)
