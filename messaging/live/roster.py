"""Who is here, in Valkey: of each person, in which processes. What is not refreshed
goes by itself, so a process that was killed leaves nobody behind for long.
"""

import asyncio
import secrets
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from redis.asyncio import Redis

STAYS = 45  # seconds
AT_ONCE = 50
Commands = list[tuple[str | int, ...]]


class Roster:
    def __init__(self, valkey: "Redis") -> None:
        self._valkey = valkey
        self._process = secrets.token_hex(4)

    async def enter(self, people: Collection[UUID]) -> set[UUID]:
        """Or stay. Those who were nowhere before."""
        found = await self._ask(people, self._entering)
        return {who for who, (count, *_) in found.items() if count == 0}

    async def leave(self, people: Collection[UUID]) -> set[UUID]:
        """Those who are nowhere any more."""
        found = await self._ask(people, self._leaving)
        return {who for who, (_, count) in found.items() if count == 0}

    async def present(self, people: Collection[UUID]) -> set[UUID]:
        found = await self._ask(people, lambda key: [("EXISTS", key)])
        return {who for who, (is_here,) in found.items() if is_here}

    def _entering(self, key: str) -> Commands:
        here = ("HSET", key, self._process, 1)
        return [("HLEN", key), here, ("EXPIRE", key, STAYS)]

    def _leaving(self, key: str) -> Commands:
        return [("HDEL", key, self._process), ("HLEN", key)]

    async def _ask(
        self, people: Collection[UUID], commands: Callable[[str], Commands]
    ) -> dict[UUID, list[Any]]:
        """Many, without holding up whoever else lives in this loop."""
        everybody, found = list(people), {}
        for start in range(0, len(everybody), AT_ONCE):
            some = everybody[start : start + AT_ONCE]
            found.update(await self._ask_some(some, commands))
            await asyncio.sleep(0)
        return found

    async def _ask_some(
        self, people: list[UUID], commands: Callable[[str], Commands]
    ) -> dict[UUID, list[Any]]:
        async with self._valkey.pipeline(transaction=False) as pipeline:
            for person in people:
                for command in commands(f"live:here:{person}"):
                    pipeline.execute_command(*command)
            answers = await pipeline.execute()
        each = len(answers) // len(people)
        return {
            person: answers[number * each : (number + 1) * each]
            for number, person in enumerate(people)
        }
