"""The few connections by which the sockets of a process ask the database."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from django.db import DatabaseError, InterfaceError, connection
from psycopg import AsyncConnection, Error, OperationalError
from psycopg.conninfo import make_conninfo
from psycopg.pq import PipelineStatus
from psycopg.waiting import wait_async
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from messaging.log import Question, ask_async

T = TypeVar("T")
CONNECTIONS = (1, 8)
PATIENCE = 4.0  # seconds for an answer
QUEUE = 2.0  # seconds until one is free
# The server gives up before we do, and a row that is locked for long comes later.
# What is acknowledged is safe, also where the server is careless by default. And what
# is asked for is found by its keys, whatever they are: to plan it anew each time took
# longer than to do it.
LIMITS = (
    "-c statement_timeout=3500 -c lock_timeout=1500 -c synchronous_commit=on"
    " -c plan_cache_mode=force_generic_plan"
)
OURS = {"options", "pool"}  # what is not for the database in Django's options
Line = AsyncConnection[Any]
# How it fails here, and in a thread that asks the keystore.
UNAVAILABLE = (Error, DatabaseError, InterfaceError, TimeoutError)


class AwayError(OperationalError):
    """There is no database to ask, or none that answers."""


class DeadLineError(AwayError):
    """Not what was asked failed, but this connection."""


class PatientConnection(AsyncConnection[Any]):
    """Whoever waits for a server that has gone silent is let go. A transaction on it
    cannot commit unseen: the connection is closed.
    """

    async def wait(self, gen: Any, interval: float = 0.1, *_: Any, **more: Any) -> Any:
        try:
            async with asyncio.timeout(PATIENCE):
                return await wait_async(gen, self.pgconn.socket, interval=interval)
        except TimeoutError:
            self.pgconn.finish()
            raise AwayError("the database does not answer") from None
        except asyncio.CancelledError:
            self.pgconn.finish()
            raise


class Database:
    """Of one event loop. Opens what is asked for, and gives up soon."""

    def __init__(self) -> None:
        smallest, largest = CONNECTIONS
        self.pool = AsyncConnectionPool(
            _address(),
            connection_class=PatientConnection,
            kwargs={"autocommit": True},
            min_size=smallest,
            max_size=largest,
            timeout=QUEUE,
            reconnect_timeout=0,
            max_idle=60,
            open=False,
        )

    async def ask(self, question: Question[T]) -> T:
        return await self.run(lambda line: ask_async(line, question))

    async def run(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Once more on another connection when one had died: a server that was
        restarted leaves dead ones. So what is done here may be done twice.
        """
        try:
            return await self._once(work)
        except DeadLineError:
            await self.pool.check()
        return await self._once(work)

    async def _once(self, work: Callable[[Line], Awaitable[T]]) -> T:
        try:
            async with self.pool.connection() as line:
                return await _done(work, line)
        except PoolTimeout as failure:
            raise AwayError(*failure.args) from failure


async def _done(work: Callable[[Line], Awaitable[T]], line: Line) -> T:
    try:
        return await work(line)
    except OperationalError as failure:
        if line.pgconn.pipeline_status != PipelineStatus.OFF:
            await line.close()  # it died between what it was asked and its word for it
        if line.closed and not isinstance(failure, AwayError):
            raise DeadLineError(*failure.args) from failure
        raise


def _address() -> str:
    """The same database as everybody's."""
    known = connection.settings_dict
    more = {key: value for key, value in known["OPTIONS"].items() if key not in OURS}
    return make_conninfo(
        dbname=known["NAME"],
        user=known["USER"] or None,
        password=known["PASSWORD"] or None,
        host=known["HOST"] or None,
        port=known["PORT"] or None,
        **{**more, "options": LIMITS},
    )
