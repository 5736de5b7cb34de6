"""Many come and go, again and again: the process is left as it was before."""

import asyncio
import gc
import json
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from django.conf import settings
from redis import Redis
from websockets.asyncio.client import connect
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from config.asgi import chat
from messaging.live.chat import Process
from messaging.live.pool import CONNECTIONS
from messaging.models import Conversation
from network.accounts.actions.tokens import make_token
from network.accounts.models import User
from network.activity.live.hub import Hub
from network.activity.live.socket import Socket
from tests.factories import a_conversation, a_member
from tests.faults.site import wait_until
from tests.live.web import Web
from tests.messaging.live.lines import user_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, PEOPLE, EACH = 5, 30, 5  # nobody comes more often than an account may
AT_ONCE = 40


class Counts(NamedTuple):
    tasks: int
    sockets: int
    rooms: int
    channels: int


def counts(hub: Hub, process: Process) -> Counts:
    tasks = [one for one in gc.get_objects() if type(one) is asyncio.Task]
    with Redis.from_url(settings.REDIS_URL) as valkey:
        channels = valkey.pubsub_channels("live:*")
    return Counts(
        len([task for task in tasks if not task.done()]),
        len(hub.sockets),
        len(process.rooms.open_ones),
        len(channels),
    )


def no_more(now: Counts, before: Counts) -> bool:
    """What others left to finish, before, may have finished meanwhile."""
    return all(new <= old for new, old in zip(now, before, strict=True))


async def churn(web: Web, tokens: Sequence[str], room: Conversation) -> None:
    """All of them at the same time; every other one goes without a word."""
    door, synced = asyncio.Semaphore(AT_ONCE), asyncio.Barrier(PEOPLE * EACH)

    async def come_and_go(token: str, number: int) -> None:
        async with door:
            line = await connect(
                f"ws://localhost:{web.port}/live/",
                subprotocols=[Subprotocol("consilium.v1")],
                additional_headers={"Authorization": f"Bearer {token}"},
                open_timeout=60,
            )
            said = {"type": "subscribe", "conversation": str(room.public_id)}
            await line.send(json.dumps(said))
            while json.loads(await line.recv())["type"] != "synced":
                pass
        await synced.wait()
        if number % 2:
            line.transport.abort()
        await line.close()

    async with asyncio.timeout(120):
        await asyncio.gather(
            *(come_and_go(token, number) for token in tokens for number in range(EACH))
        )


def test_who_came_and_went_leaves_nothing_in_the_process(web: Web, staff: User) -> None:
    people = [a_member(verified_by=staff) for _ in range(PEOPLE)]
    tokens = [make_token(user_of(one), name="churn", days=1) for one in people]
    room = a_conversation(people[0], *people[1:])
    *_, (hub, process) = chat._processes.items()
    wait_until(lambda: counts(hub, process)[1:3] == (0, 0))
    before = counts(hub, process)

    for _ in range(ROUNDS):
        asyncio.run(churn(web, tokens, room))
        wait_until(lambda: no_more(counts(hub, process), before))

    assert process.rooms.find(room.public_id) is None
    assert process.counters.subscribed >= ROUNDS * PEOPLE * EACH
    assert process.database.pool.get_stats()["pool_size"] <= CONNECTIONS[1]


def test_whoever_has_gone_is_held_by_nothing(web: Web, staff: User) -> None:
    """Else only a look for garbage would find her, for which everybody waits."""
    people = [a_member(verified_by=staff) for _ in range(PEOPLE)]
    tokens = [make_token(user_of(one), name="churn", days=1) for one in people]
    room = a_conversation(people[0], *people[1:])
    wait_until(lambda: not left_by_others(Socket))
    gc.disable()
    try:
        asyncio.run(churn(web, tokens, room))
        wait_until(lambda: not alive(Socket) and not alive(ServerProtocol))
        assert (alive(Socket), alive(ServerProtocol)) == ([], [])
    finally:
        gc.enable()


def left_by_others(kind: type) -> list[object]:
    """Tests before this one may leave rings: nobody looks for them while one waits."""
    gc.collect()
    return alive(kind)


def alive(kind: type) -> list[object]:
    return [one for one in gc.get_objects() if type(one) is kind]
