"""What the sweep finds is as it is, however its questions cross each other."""

import asyncio
from typing import TypeVar
from uuid import uuid4

import pytest
from django.conf import settings

from messaging.live.counters import Counters
from messaging.live.pool import Database
from messaging.live.post import Post
from messaging.live.room import Room
from messaging.live.rooms import Rooms
from messaging.live.sweep import Sweep
from messaging.log import Question
from messaging.models import Conversation
from network.activity.live.hub import Hub
from network.clinicians.models import Clinician
from tests.messaging.saying import say

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


class Slow(Database):
    """Its first answer is a while on its way. Notes where the sweep is as it asks."""

    def __init__(self) -> None:
        super().__init__()
        self.here, self.swept = Room(uuid4()), list[int]()
        self.has_answered, self.may_answer = asyncio.Event(), asyncio.Event()

    async def ask(self, question: Question[T]) -> T:
        self.swept.append(self.here.swept)
        answer = await super().ask(question)
        if not self.has_answered.is_set():
            self.has_answered.set()
            await self.may_answer.wait()
        return answer


def test_an_answer_that_comes_late_is_no_older_log(
    room: Conversation, ana: Clinician
) -> None:
    asyncio.run(_swept_twice(room, ana))


async def _swept_twice(conversation: Conversation, ana: Clinician) -> None:
    """By its round, and because Valkey is back."""
    hub, database, counters = Hub(settings.REDIS_URL), Slow(), Counters()
    rooms = Rooms(hub, database, Post(settings.REDIS_URL, counters), counters)
    here = database.here = rooms.at(conversation.public_id)
    here.open_at(conversation.epoch, conversation.last_seq, conversation.access_version)
    await database.pool.open()
    sweeping = asyncio.create_task(Sweep(hub, rooms, database, counters).run())
    async with asyncio.timeout(60):
        await database.has_answered.wait()
    entry = await asyncio.to_thread(say, ana, conversation)
    hub.on_return()
    await asyncio.sleep(0.3)
    database.may_answer.set()
    async with asyncio.timeout(60):
        while len(database.swept) < 3:  # until the next round: both were heard
            await asyncio.sleep(0.02)
    sweeping.cancel()
    await database.pool.close()
    assert database.swept[2] == entry.seq
