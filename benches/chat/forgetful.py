"""The program, but what is sent is not kept: so it is seen what the keeping costs."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import fields
from itertools import count
from uuid import UUID

from django.utils import timezone

from config.asgi import pages
from messaging.live.chat import Chat, Process
from messaging.log import Entry, Kept, Outcome, Submission
from messaging.log.crowds import Head, Whose, standings_of
from network.accounts import door
from network.activity.live.hub import Hub
from network.activity.live.server import serve

SAME = {field.name for field in fields(Submission)} & {f.name for f in fields(Entry)}


class Forgetful(Process):
    """Who writes is read once; the places in the log are made up."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(hub)
        self._heads: dict[Whose, Head] = {}
        self._seqs: dict[UUID, count[int]] = {}

    async def _append(self, asked: Sequence[Submission]) -> Sequence[Outcome]:
        new = {Whose(one.conversation, one.person) for one in asked}
        if new := new - self._heads.keys():
            found = await self.database.ask(standings_of(new))
            self._heads |= found
        return [self._made_up(one) for one in asked]

    def _made_up(self, asked: Submission) -> Kept:
        head = self._heads[Whose(asked.conversation, asked.person)]
        seqs = self._seqs.setdefault(asked.conversation, count(head.last_seq + 1))
        seq = next(seqs)
        entry = Entry(
            **{name: getattr(asked, name) for name in SAME},
            epoch=head.epoch,
            seq=seq,
            sender=head.clinician,
            ordinal=seq,
            at=timezone.now(),
            expires_at=None,
            recalled=False,
        )
        return Kept(entry, is_new=True)


class ForgetfulChat(Chat):
    @asynccontextmanager
    async def live(self, hub: Hub) -> AsyncIterator[None]:
        process = self._processes[hub] = Forgetful(hub)
        async with process.running():
            yield
        del self._processes[hub]


chat = ForgetfulChat()
application = serve(pages, door, answers=chat.answers, companions=[chat.live])
