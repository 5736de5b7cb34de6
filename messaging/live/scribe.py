"""Writes entries as the frames that clients read: opened once, written once."""

import asyncio
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from math import inf
from time import time
from uuid import UUID

import structlog

from messaging import bodies, wire
from messaging.live.pool import UNAVAILABLE, Database
from messaging.live.room import Frame
from messaging.log import Entry, names_of, veiled
from network.activity.live.passes import ask
from network.activity.live.protocol import frame
from network.activity.live.together import Together
from network.privacy.data_keys import DataKey, held_keys, refresh
from network.privacy.keys import Unreadable

EVERY = 10.0  # seconds: a key is remembered for thirty
NAMES_EVERY = 6  # rounds
MOST_NAMES, AT_ONCE = 20_000, 1_000
# Whoever asks the keystore waits in a thread: it is asked seldom.
AT_THE_KEYSTORE = ThreadPoolExecutor(2, thread_name_prefix="keystore")
log = structlog.get_logger(__name__)


class Scribe:
    """Knows names and keys that were needed lately. What it lacks it learns first,
    so that writing never waits.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: dict[UUID, str | None] = {}
        self._used: set[UUID] = set()  # keys, lately
        self._lost: set[UUID] = set()  # keys that were destroyed
        self._learn_names = Together(self._ask_names)

    def lacks(self, entry: Entry) -> bool:
        is_known = all(person in self._names for person in wire.people_in([entry]))
        return bool(not is_known or self._keyless([entry]))

    async def learn(self, entries: Collection[Entry]) -> None:
        await self.meet(wire.people_in(entries))
        if keyless := self._keyless(entries):
            lacking = [entry for entry in entries if entry.key_id in keyless]
            found = await ask(AT_THE_KEYSTORE, bodies.keys_of, lacking)
            self._lost |= keyless - found.keys()

    async def meet(self, clinicians: Iterable[UUID]) -> None:
        """Whoever has come in may speak soon: nobody should wait for her name then."""
        # Not a difference of sets: that would go through all names that are known.
        people = [person for person in clinicians if person not in self._names]
        names = await asyncio.gather(*map(self._learn_names, people))
        self._names.update(zip(people, names, strict=True))

    async def run(self) -> None:
        """Keeps what is in use fresh, before somebody has to wait for it."""
        for number in count(1):
            await asyncio.sleep(EVERY)
            try:
                await self._refresh_keys()
                if number % NAMES_EVERY == 0:
                    await self._refresh_names()
            except UNAVAILABLE as failure:
                log.warning("nothing_refreshed", kind=type(failure).__name__)

    async def _refresh_keys(self) -> None:
        used, self._used = self._used, set()
        self._lost.clear()
        if used:
            await ask(AT_THE_KEYSTORE, refresh, used)

    async def _refresh_names(self) -> None:
        """In place: meanwhile others are learned. The oldest are forgotten first."""
        known = list(self._names)
        for who in known[:-MOST_NAMES]:
            del self._names[who]
        for start in range(0, len(known), AT_ONCE):
            some = [who for who in known[start : start + AT_ONCE] if who in self._names]
            found = await self._ask_names(some)
            self._names.update((who, found.get(who)) for who in some)

    def frame_of(self, entry: Entry) -> Frame:
        text, target, bare = self._text_of(entry), 0, ""
        if entry.kind == "edit":
            target = entry.target or 0
            bare = self._text_of(veiled(entry, target))
        return Frame(entry.seq, text, target, bare, _over_at(entry))

    def _text_of(self, entry: Entry) -> str:
        people = wire.people_in([entry])
        names = {who: name for who in people if (name := self._names.get(who))}
        return frame("event", **wire.event_of(entry, self._body(entry), names))

    def is_same(self, text: str | None, entry: Entry) -> bool:
        """Whether what was kept is what is said again, as far as one can tell."""
        return bodies.is_same(text, entry, self._keys([entry]))

    async def key_now(self, conversation: UUID) -> DataKey:
        """Of a conversation in which somebody may write: it is made when missing."""
        if held := bodies.key_at_hand(conversation):
            return held
        return await ask(AT_THE_KEYSTORE, bodies.key_now, conversation)

    def _body(self, entry: Entry) -> str | None:
        if entry.key_id is not None:
            self._used.add(entry.key_id)
        try:
            return bodies.open_body(entry, self._keys([entry]))
        except Unreadable:
            log.error("body_unreadable", seq=entry.seq)
            return None

    def _keys(self, entries: Iterable[Entry]) -> bodies.Keys:
        return held_keys(entry.key_id for entry in entries if entry.key_id)

    def _keyless(self, entries: Iterable[Entry]) -> set[UUID]:
        needed = {it.key_id for it in entries if it.key_id and it.body} - self._lost
        return needed - held_keys(needed).keys()

    async def _ask_names(self, people: Iterable[UUID]) -> dict[UUID, str]:
        return await self._database.ask(names_of(people))


def _over_at(entry: Entry) -> float:
    """Never, where its words are over already: they are not in the frame."""
    until = entry.expires_at.timestamp() if entry.expires_at else inf
    return until if until > time() else inf
