"""The socket as an ASGI application beside the pages: `serve(pages, door)`."""

import asyncio
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Hashable,
    Mapping,
    Sequence,
)
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    suppress,
)
from http import HTTPStatus
from typing import Any

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.db import DatabaseError, InterfaceError

from network.activity.live import chores, handshake
from network.activity.live.carrier import Send
from network.activity.live.drain import drained
from network.activity.live.hub import Hub, TooManyError
from network.activity.live.litter import picked_up
from network.activity.live.passes import AT_THE_DOOR, Door, Pass, ask
from network.activity.live.socket import Answer, Receive, Socket, pong
from network.activity.live.together import Together
from network.activity.live.watch import Watch

Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]
Companion = Callable[[Hub], AbstractAsyncContextManager[None]]


def serve(
    pages: Application,
    door: Door,
    answers: Mapping[str, Answer] | None = None,
    companions: Sequence[Companion] = (),
) -> Application:
    """`answers`: what else a client may say, and who hears it, besides `ping`.
    `companions` live as long as the hub: entered after it, left before it.
    """
    live = Live(door, {"ping": pong, **(answers or {})}, companions)
    router: Application = ProtocolTypeRouter(
        {"http": pages, "websocket": live, "lifespan": live.live}
    )
    return router


class Live:
    """The hub lives as long as the server, in the server's own loop and state."""

    def __init__(
        self,
        door: Door,
        answers: Mapping[str, Answer],
        companions: Sequence[Companion],
    ) -> None:
        self._door, self._answers, self._companions = door, answers, companions
        self._pass_of = Together(self._admit)

    async def live(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await receive()
        async with self._hub() as scope["state"]["hub"]:
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def _hub(self) -> AsyncIterator[Hub]:
        hub = Hub(settings.REDIS_URL)
        watch = Watch(hub, self._door)
        tasks = chores.begin([hub.subscription.run(), watch.run(), picked_up(hub)])
        async with AsyncExitStack() as together:
            for companion in self._companions:
                await together.enter_async_context(companion(hub))
            with drained(hub):
                yield hub
        await chores.end(tasks)

    async def __call__(
        self, scope: dict[str, Any], receive: Receive, send: Send
    ) -> None:
        await receive()
        entered = await self._enter(scope, send)
        if not isinstance(entered, Socket):
            return await refuse(receive, send, entered)
        try:
            return await entered.live(receive, self._answers)
        finally:
            entered.leave()

    async def _enter(self, scope: dict[str, Any], send: Send) -> Socket | HTTPStatus:
        """Refused before it is accepted: nobody unknown ever holds a socket."""
        request = handshake.request_of(scope)
        if refusal := handshake.refusal(request, scope["subprotocols"]):
            return refusal
        try:
            knock = self._door.knock_of(request)
            holder = await self._pass_of(knock) if knock else None
            if holder is None:
                return HTTPStatus.UNAUTHORIZED
            hub: Hub = scope["state"]["hub"]
            return await hub.enter(holder, send)
        except TooManyError:
            return HTTPStatus.TOO_MANY_REQUESTS
        except (DatabaseError, InterfaceError):
            return HTTPStatus.SERVICE_UNAVAILABLE

    async def _admit(self, knocks: Collection[Hashable]) -> Mapping[Hashable, Pass]:
        return await ask(AT_THE_DOOR, self._door.admit, knocks)


async def refuse(receive: Receive, send: Send, status: HTTPStatus) -> None:
    """Stays until the other side is gone: uvicorn calls any earlier end an error."""
    await send({"type": "websocket.http.response.start", "status": status.value})
    await send({"type": "websocket.http.response.body", "body": b""})
    with suppress(TimeoutError):
        async with asyncio.timeout(1):
            await receive()
            await receive()
