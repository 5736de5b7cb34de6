"""Alive, and ready? One word each; the log says more, a stranger reads no more."""

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from redis import Redis, RedisError

log = structlog.get_logger(__name__)


@never_cache
@login_not_required
def livez(request: HttpRequest) -> HttpResponse:
    return _says("alive", 200)


@never_cache
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Without Valkey or the keystore most pages work: that is still ready."""
    if not _answers("default"):
        log.error("database_away")
        return _says("unavailable", 503)
    if not _answers("keystore"):
        log.error("keystore_away")
        return _says("degraded", 200)
    if not _valkey_answers():
        log.warning("valkey_away")
        return _says("degraded", 200)
    return _says("ready", 200)


def _answers(database: str) -> bool:
    try:
        with connections[database].cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return False
    return True


def _valkey_answers() -> bool:
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1
        ) as valkey:
            return bool(valkey.ping())
    except RedisError:
        return False


def _says(word: str, status: int) -> HttpResponse:
    return HttpResponse(word, content_type="text/plain", status=status)


urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
]
