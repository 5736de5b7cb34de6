"""A database connection that notices when its server has gone silent.

A slow answer is waited for. After a second of silence we ask, on a connection
of our own, whether anybody is there; if not, this one is closed. A transaction
on it then cannot commit unseen, and the thread that waited is free again.
"""

from collections.abc import Generator
from time import monotonic
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.errors import ConnectionTimeout

SILENCE = 1.0
KNOCKING = 2  # seconds; libpq takes no less
_last_silence = -SILENCE


class PatientConnection(psycopg.Connection[Any]):
    def wait(self, gen: Any, *timing: Any, **more: Any) -> Any:
        return super().wait(self._while_answering(gen), *timing, **more)

    def _while_answering(self, gen: Any) -> Generator[Any, Any, Any]:
        """What psycopg waits with, watched: `ready` is 0 when nothing has come."""
        heard = monotonic()
        try:
            state = next(gen)
            while True:
                ready = yield state
                if ready:
                    heard = monotonic()
                elif monotonic() - heard > SILENCE:
                    self._insist()
                    heard = monotonic()
                state = gen.send(ready)
        except StopIteration as done:
            return done.value

    def _insist(self) -> None:
        if _fell_silent_lately() or not self._somebody_is_there():
            self.pgconn.finish()
            raise psycopg.OperationalError("the database does not answer")

    def _somebody_is_there(self) -> bool:
        """A refusal is an answer too: only silence is none."""
        global _last_silence  # noqa: PLW0603 what one thread finds out spares the others
        address = make_conninfo(
            self.info.dsn, password=self.info.password, connect_timeout=KNOCKING
        )
        try:
            psycopg.connect(address).close()
        except ConnectionTimeout:
            _last_silence = monotonic()
            return False
        except psycopg.OperationalError:
            return True
        return True


def _fell_silent_lately() -> bool:
    return monotonic() - _last_silence < SILENCE


def pool(size: int) -> dict[str, Any]:
    """For Django's OPTIONS. It opens what is asked for and gives up at once."""
    return {
        "connection_class": PatientConnection,
        "min_size": 0,
        "max_size": size,
        "timeout": KNOCKING,
        "reconnect_timeout": 0,
        "max_idle": 60,
    }
