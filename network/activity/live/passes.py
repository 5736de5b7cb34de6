"""By what somebody holds a socket, and who decides that: the door."""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

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
    """Asks the database, in a thread; both raise when it is away."""

    def admit(self, request: HttpRequest) -> Pass | None:
        """Whose handshake this is, if she may come in."""

    def still_good(self, passes: Collection[Pass]) -> set[Pass]:
        """Those that would be admitted again."""


# Few: a storm of handshakes must leave the pages their connections, and the watch
# must not stand in its queue.
AT_THE_DOOR = ThreadPoolExecutor(3, thread_name_prefix="door")
ON_WATCH = ThreadPoolExecutor(2, thread_name_prefix="watch")


async def ask(threads: ThreadPoolExecutor, question: Callable[[A], T], about: A) -> T:
    def answer() -> T:
        try:
            return question(about)
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(threads, answer)
