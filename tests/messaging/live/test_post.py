"""What a process tells the rooms of the others."""

import asyncio
import json

from django.conf import settings
from redis.asyncio import Redis

from messaging.live.counters import Counters
from messaging.live.post import Post
from network.activity.live import wire
from network.activity.live.hub import Hub


def test_what_is_said_in_several_rooms_at_once_goes_in_one_piece() -> None:
    said = [("one", "first\nline"), ("two", "second"), ("one", "third")]
    heard = asyncio.run(heard_at_once(said))
    told = [(room, json.loads(hers)) for room, hers in wire.scattered(heard)]
    assert [(room, hers["said"]) for room, hers in told] == said
    assert len({hers["by"] for _, hers in told}) == 1


async def heard_at_once(said: list[tuple[str, str]]) -> str:
    """First, by who listens in Valkey."""
    async with (
        asyncio.timeout(60),
        Redis.from_url(settings.REDIS_URL, decode_responses=True) as valkey,
        valkey.pubsub() as listener,
    ):
        await listener.subscribe(wire.ROOMS)
        await told(said)
        async for heard in listener.listen():
            # In other processes other tests tell theirs there.
            if heard["type"] == "message" and heard["data"].startswith("one "):
                break
        return str(heard["data"])


async def told(said: list[tuple[str, str]]) -> None:
    post = Post(settings.REDIS_URL, Counters())
    for room, hers in said:
        post.to_room(room, json.dumps({"said": hers}))
    await post.close()


def test_each_room_hears_what_was_said_in_it() -> None:
    assert asyncio.run(heard_by_rooms()) == [("one", "first"), ("two", "second")]


async def heard_by_rooms() -> list[tuple[str, str]]:
    heard, both = list[tuple[str, str]](), asyncio.Event()

    def hear(room: str, said: str) -> None:
        if room in {"one", "two"}:
            heard.append((room, json.loads(said)["said"]))
        if len(heard) == 2:
            both.set()

    hub = Hub(settings.REDIS_URL)
    hub.on_room = hear
    listening = asyncio.create_task(hub.subscription.run())
    async with asyncio.timeout(60):
        await hub.subscription.want(wire.ROOMS)
        await told([("one", "first"), ("two", "second")])
        await both.wait()
    listening.cancel()
    return heard
