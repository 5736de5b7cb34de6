"""What the sweep finds is as it is, however its questions cross each other."""

import asyncio
from typing import TypeVar

import pytest
from django.conf import settings

from messaging.live.counters import Counters
from messaging.live.pool import Database
from messaging.live.post import Post
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
    """Its first answer is a while on its way."""

    def __init__(self) -> None:
        super().__init__()
        self.has_asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def ask(self, question: Question[T]) -> T:
        answer = await super().ask(question)
        if not self.has_asked.is_set():
            self.has_asked.set()
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
    here = rooms.at(conversation.public_id)
    here.open_at(conversation.epoch, conversation.last_seq, conversation.access_version)
    await database.pool.open()
    sweeping = asyncio.create_task(Sweep(hub, rooms, database, counters).run())
    await database.has_asked.wait()
    entry = await asyncio.to_thread(say, ana, conversation)
    hub.on_return()
    await asyncio.sleep(0.3)
    swept = [here.swept]
    database.may_answer.set()
    await asyncio.sleep(0.3)
    swept.append(here.swept)
    sweeping.cancel()
    await database.pool.close()
    assert swept == sorted(swept)
    assert swept[-1] == entry.seq
