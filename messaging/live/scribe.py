"""Writes entries as the frames that clients read: opened once, written once."""

import asyncio
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import structlog

from messaging import bodies, wire
from messaging.live.pool import Database
from messaging.live.together import Together
from messaging.log import Entry, names_of
from network.activity.live.passes import ask
from network.activity.live.protocol import frame
from network.privacy.data_keys import DataKey, held_keys
from network.privacy.keys import Unreadable

MOST_NAMES = 20_000
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
        self._lost: set[UUID] = set()  # keys that were destroyed
        self._learn_names = Together(self._ask_names)

    def lacks(self, entry: Entry) -> bool:
        return bool(self._nameless([entry]) or self._keyless([entry]))

    async def learn(self, entries: Collection[Entry]) -> None:
        people = list(self._nameless(entries))
        names = await asyncio.gather(*map(self._learn_names, people))
        self._names.update(zip(people, names, strict=True))
        if keyless := self._keyless(entries):
            lacking = [entry for entry in entries if entry.key_id in keyless]
            found = await ask(AT_THE_KEYSTORE, bodies.keys_of, lacking)
            self._lost |= keyless - found.keys()

    def forget(self) -> None:
        """Names change, and what was lost may be restored."""
        self._names.clear()
        self._lost.clear()

    def frame_of(self, entry: Entry) -> str:
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
        try:
            return bodies.open_body(entry, self._keys([entry]))
        except Unreadable:
            log.error("body_unreadable", seq=entry.seq)
            return None

    def _keys(self, entries: Iterable[Entry]) -> bodies.Keys:
        return held_keys(entry.key_id for entry in entries if entry.key_id)

    def _nameless(self, entries: Iterable[Entry]) -> set[UUID]:
        return wire.people_in(entries) - self._names.keys()

    def _keyless(self, entries: Iterable[Entry]) -> set[UUID]:
        needed = {entry.key_id for entry in entries if entry.key_id and entry.body}
        return needed - held_keys(needed).keys() - self._lost

    async def _ask_names(self, people: Iterable[UUID]) -> dict[UUID, str]:
        if len(self._names) > MOST_NAMES:
            self._names.clear()
        return await self._database.ask(names_of(people))
