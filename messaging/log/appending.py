"""A batch into the log, on either path: all that may be kept of it, or nothing."""

from collections.abc import Sequence
from typing import Any, Protocol

from psycopg import AsyncConnection, AsyncCursor

from messaging.log.batch import Batch, Outcome, parameters
from messaging.log.entry import Submission
from messaging.log.questions import ask_async, execute_async
from messaging.log.statements import APPEND

# What waits for the end is looked at before it: psycopg takes a commit that fails for
# a line that does.
CHECK = "SET CONSTRAINTS ALL IMMEDIATE"


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
    """In one round trip; when it returns, all is safe.

    A pipeline is a transaction by itself: the server commits where it ends, and no
    BEGIN and COMMIT go there and back. What was kept before is asked for in a second
    one. Needs autocommit.
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
    async with line.pipeline():
        for sql, more in batch.locks(rounds):
            await execute_async(line, sql, more)
        answers = [
            await execute_async(line, APPEND, parameters(asked)) for asked in rounds
        ]
        await execute_async(line, CHECK, ())
    return answers
