"""By what somebody holds a socket, and who decides that: the door."""

import asyncio
from collections.abc import Callable, Collection, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.db import connection
from django.http import HttpRequest

A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pass:
    """A person, and the session or token in whose name she came. Besides `person`, her
    public id, and whether it lets her change anything, only the door reads it.
    """

    person: str
    kind: str
    key: str
    proof: str = ""
    may_write: bool = True


class Door(Protocol):
    """Asks the database, in a thread, for however many at once; that raises when it is
    away.
    """

    def knock_of(self, request: HttpRequest) -> Hashable | None:
        """In whose name a handshake comes, as it says itself: nobody is asked yet."""

    def admit(self, knocks: Collection[Any]) -> Mapping[Any, Pass]:
        """Whoever may come in, by her knock."""

    def still_good(self, passes: Collection[Pass]) -> set[Pass]:
        """Those that would be admitted again."""


# One: those who come at once are asked for together. The watch does not stand in its
# queue.
AT_THE_DOOR = ThreadPoolExecutor(1, thread_name_prefix="door")
ON_WATCH = ThreadPoolExecutor(2, thread_name_prefix="watch")


async def ask(threads: ThreadPoolExecutor, question: Callable[[A], T], about: A) -> T:
    def answer() -> T:
        try:
            return question(about)
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(threads, answer)
