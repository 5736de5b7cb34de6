"""Looks again and again whether those who are connected still may be.

Valkey carries word of an ending at once; this finds it without Valkey, in the
database. Without the database nobody stays for long.
"""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from time import monotonic

import structlog
from django.db import DatabaseError, InterfaceError

from network.activity.live.hub import Hub
from network.activity.live.passes import ON_WATCH, Door, ask
from network.activity.live.protocol import Close
from network.activity.live.socket import Socket

EVERY = 2.0
ALONE = 0.25  # with nobody here: whoever comes belongs to the next round
# Looking is reckoning in a thread, where no socket has its turn: a few at a time, and
# all of them spread over a round.
AT_ONCE, PARTS = 100, 20
BLIND = 5.0  # seconds for which nobody could look, after which nobody stays
log = structlog.get_logger(__name__)


class Watch:
    def __init__(self, hub: Hub, door: Door) -> None:
        self._hub, self._door = hub, door
        self._saw = monotonic()
        self._called: set[str] = set()
        self._call = asyncio.Event()
        hub.on_recheck = self.look_at

    def look_at(self, person: str) -> None:
        """Her first, now."""
        if self._hub.of(person):
            self._called.add(person)
            self._call.set()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as both:
            both.create_task(self._rounds())
            both.create_task(self._calls())

    async def _rounds(self) -> None:
        while True:
            self._hub.forget_allowances()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._saw + BLIND - monotonic()):
                    await self._round()
            if monotonic() - self._saw >= BLIND:
                self._hub.close_all(Close.RESTART)
                self._saw = monotonic()  # nobody is here who could stay too long

    async def _round(self) -> None:
        began, parts = monotonic(), _parts(self._hub.sockets)
        lasts = EVERY if self._hub.sockets else ALONE
        saw = []
        for number, part in enumerate(parts, 1):
            await asyncio.sleep(began + lasts * number / len(parts) - monotonic())
            saw.append(await self._look(part))
        if all(saw):
            self._saw = monotonic()

    async def _calls(self) -> None:
        while True:
            await self._call.wait()
            self._call.clear()
            people, self._called = self._called, set()
            await self._look([s for person in people for s in self._hub.of(person)])

    async def _look(self, sockets: Collection[Socket]) -> bool:
        """Whether anything could be seen."""
        passes = {socket.holder for socket in sockets}
        try:
            good = (
                await ask(ON_WATCH, self._door.still_good, passes) if passes else passes
            )
        except (DatabaseError, InterfaceError) as failure:
            log.warning("watch_is_blind", kind=type(failure).__name__)
            return False
        for socket in sockets:
            if socket.holder not in good:
                socket.close(Close.ENDED)
        return True


def _parts(sockets: Sequence[Socket]) -> list[Sequence[Socket]]:
    """One at least: a round takes its time, also with nobody here."""
    size = max(AT_ONCE, -(-len(sockets) // PARTS))
    starts = range(0, max(1, len(sockets)), size)
    return [sockets[start : start + size] for start in starts]
