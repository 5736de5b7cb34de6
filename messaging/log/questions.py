"""A statement with its parameters, and how its rows are read; for both paths."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from psycopg import AsyncConnection

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
    """Prepared once a connection."""
    cursor = await line.execute(question.sql, question.parameters, prepare=True)
    return question.read(await cursor.fetchall())


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
