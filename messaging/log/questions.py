"""A statement with its parameters, and how its rows are read; for both paths."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Row = Sequence[Any]
# An element of an array; bytes become bytea.
Element = UUID | bytes | str | int | None


@dataclass(frozen=True)
class Question(Generic[T_co]):
    sql: str
    parameters: Sequence[Any]
    read: Callable[[Sequence[Row]], T_co]


def ask(question: Question[T]) -> T:
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.parameters)
        return question.read(cursor.fetchall())


async def ask_async(line: AsyncConnection[Any], question: Question[T]) -> T:
    cursor = await execute_async(line, question.sql, question.parameters)
    return question.read(await cursor.fetchall())


async def execute_async(
    line: AsyncConnection[Any], sql: str, parameters: Sequence[Any]
) -> AsyncCursor[Any]:
    """Prepared once a connection."""
    cursor = AsyncRawCursor(line)
    return await cursor.execute(_numbered(sql), parameters, prepare=True)


@cache
def _numbered(sql: str) -> str:
    """As PostgreSQL itself marks places: psycopg would look for ours each time."""
    *parts, end = sql.split("%s")
    return "".join(f"{part}${n}" for n, part in enumerate(parts, 1)) + end


def array(values: Iterable[Element]) -> str:
    """As PostgreSQL writes it. A list would have a type that hangs on what is in it,
    and each type would be prepared and planned anew.
    """
    return f"{{{','.join(map(_element, values))}}}"


def _element(value: Element) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)
