"""A batch into the log, on either path: all that may be kept of it, or nothing."""

from collections.abc import Sequence
from typing import Any, Protocol

from psycopg import AsyncConnection, AsyncCursor

from messaging.log.batch import Batch, Outcome, parameters
from messaging.log.entry import Submission
from messaging.log.questions import ask_async
from messaging.log.statements import APPEND


class Cursor(Protocol):
    def execute(self, sql: str, params: Sequence[Any]) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def append(cursor: Cursor, submissions: Sequence[Submission]) -> list[Outcome]:
    """One outcome for each. Belongs to a transaction, whose end lets the next in."""
    batch = Batch(submissions)
    rounds = batch.rounds()
    for sql, more in batch.locks(rounds):
        cursor.execute(sql, more)
    for asked in rounds:
        cursor.execute(APPEND, parameters(asked))
        batch.note(asked, cursor.fetchall())
    if question := batch.question:
        cursor.execute(question.sql, question.parameters)
        batch.recall(question.read(cursor.fetchall()))
    return batch.outcomes()


async def append_async(
    line: AsyncConnection[Any], submissions: Sequence[Submission]
) -> list[Outcome]:
    """In one round trip and a transaction of its own; when it returns, all is safe.

    What was kept before is asked for in a second one. Needs autocommit.
    """
    batch = Batch(submissions)
    rounds = batch.rounds()
    answers = await _pipelined(line, batch, rounds)
    for asked, answer in zip(rounds, answers, strict=True):
        batch.note(asked, await answer.fetchall())
    if question := batch.question:
        batch.recall(await ask_async(line, question))
    return batch.outcomes()


async def _pipelined(
    line: AsyncConnection[Any], batch: Batch, rounds: list[list[Submission]]
) -> list[AsyncCursor[Any]]:
    async with line.pipeline(), line.transaction():
        for sql, more in batch.locks(rounds):
            await line.execute(sql, more, prepare=True)
        return [
            await line.execute(APPEND, parameters(asked), prepare=True)
            for asked in rounds
        ]
