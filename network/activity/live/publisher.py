"""How any process tells the hubs: after the commit, and never for long."""

from collections.abc import Iterable
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ValkeyGoneError
from redis.retry import Retry

from network.activity.live import wire
from network.activity.live.protocol import frame

if TYPE_CHECKING:
    from network.accounts.models import User

PATIENCE = 0.5  # seconds that a page may wait for a Valkey that does not answer
REST = 1.0  # seconds for which nobody else waits after that
_silent_until = 0.0
log = structlog.get_logger(__name__)


def nudge(users: Iterable["User"], topics: Iterable[str]) -> bool:
    """Tell their tabs that something changed; False when Valkey did not take it.

    What is lost heals: a page fetches anew when its socket is back, and when loaded.
    """
    said = frame("nudge", topics=sorted(set(topics)))
    people = {str(user.public_id) for user in users}
    return _tell([(wire.PEOPLE, wire.addressed(people, said))] if people else [])


def recheck(users: Iterable["User"]) -> bool:
    """Somebody's session, token or account ended, or how she wishes to be seen has
    changed: look now, and cut what hangs on it.

    Without Valkey each process finds out by itself, within seconds.
    """
    return _tell([(wire.CONTROL, str(user.public_id)) for user in users])


def publish(room: str, said: str) -> bool:
    """A frame for everybody in a room: ciphertext or numbers, never plain words."""
    return _tell([(wire.of_room(room), said)])


def _tell(messages: list[tuple[str, str]]) -> bool:
    global _silent_until  # noqa: PLW0603 what one thread finds out spares the others
    if monotonic() < _silent_until:
        return False
    try:
        with _valkey().pipeline(transaction=False) as pipeline:
            for channel, said in messages:
                pipeline.publish(channel, said)
            pipeline.execute()
    except RedisError as failure:
        _silent_until = monotonic() + REST
        log.warning("valkey_not_told", kind=type(failure).__name__)
        return False
    return True


@cache
def _valkey() -> "Redis":
    """A connection that was cut is tried once more; one that is silent is not."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 1, supported_errors=(ValkeyGoneError,)),
    )
