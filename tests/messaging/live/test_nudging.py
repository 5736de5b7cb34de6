"""Lists of conversations, and what is unread, hear of all that was kept: late, where
word of it was lost on its way, but they do.
"""

import asyncio
import json
import time
from contextlib import suppress
from datetime import timedelta
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone
from redis.asyncio import Redis

from messaging.actions.waiting import tell_waiting
from messaging.bodies import key_now, sealed
from messaging.live.counters import Counters
from messaging.live.post import PATIENCE, Post
from messaging.models import Conversation, Message
from messaging.sending import send
from network.activity.live import wire
from network.clinicians.models import Clinician
from tests.live.web import Web
from tests.messaging.live.lines import Line, line_of
from tests.messaging.saying import asked, kept

pytestmark = pytest.mark.django_db(transaction=True)


def topics(line: Line, seconds: float = 3) -> set[str]:
    """Of the nudges within that time."""
    found: set[str] = set()
    until = time.monotonic() + seconds
    with suppress(TimeoutError):
        while (left := until - time.monotonic()) > 0:
            found |= set(line.hear("nudge", patience=left)["topics"])
    return found


def hear_of_conversations(line: Line) -> None:
    while "conversations" not in line.hear("nudge")["topics"]:
        pass


@pytest.mark.parametrize("way", ["socket", "http"])
def test_what_was_kept_and_never_told_is_told_when_it_is_sent_again(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician, way: str
) -> None:
    said = asked(ana, room, client_id=uuid4())
    with line_of(web, ana, room) as anas, line_of(web, ben, room) as bens:
        kept(sealed(said, "Once", key_now(room.public_id)))
        assert "conversations" not in topics(bens)
        if way == "http":
            send(said, "Once")
        else:
            anas.sent("Once", client_id=said.client_id)
        hear_of_conversations(bens)


def test_whom_a_message_waits_for_hears_of_it_though_word_was_lost(
    web: Web, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    kept(sealed(asked(ana, room), "Unheard", key_now(room.public_id)))
    Message.objects.update(at=timezone.now() - timedelta(minutes=1))
    with line_of(web, ben, room) as bens:
        tell_waiting(10)
        hear_of_conversations(bens)


def test_what_people_are_told_waits_for_a_valkey_that_stalls() -> None:
    with TemporaryDirectory() as place:
        stalled = heard_after_a_stall(f"{place}/way", ["ana", "ben"], ["ben"])
        heard = asyncio.run(stalled)
    people, said = wire.addressees(heard)
    assert (sorted(people), json.loads(said)) == (["ana", "ben"], {"type": "nudge"})


async def heard_after_a_stall(way: str, *told: list[str]) -> str:
    """First, by who listens in Valkey, when the way there was silent for a while."""
    is_open = asyncio.Event()

    async def relay(reader: Any, writer: Any) -> None:
        await is_open.wait()
        there = settings.REDIS_URL.removeprefix("unix://")
        far, away = await asyncio.open_unix_connection(there)
        await asyncio.gather(pour(reader, away), pour(far, writer))

    async with (
        await asyncio.start_unix_server(relay, way),
        Redis.from_url(settings.REDIS_URL, decode_responses=True) as valkey,
        valkey.pubsub() as listener,
    ):
        await listener.subscribe(wire.PEOPLE)
        post = Post(f"unix://{way}", Counters())
        running = asyncio.create_task(post.run())
        for people in told:
            post.to_people(people, '{"type":"nudge"}')
            await asyncio.sleep(PATIENCE * 1.5)
        is_open.set()
        async with asyncio.timeout(60):
            async for said in listener.listen():
                # In other processes other tests tell theirs there.
                if said["type"] == "message" and "ben" in said["data"].split()[0]:
                    break
        running.cancel()
        await post.close()
        return str(said["data"])


async def pour(reader: Any, writer: Any) -> None:
    with suppress(ConnectionError):
        while some := await reader.read(65_536):
            writer.write(some)
    writer.close()
