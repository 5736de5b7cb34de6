"""As little as a server can do: a frame goes to every socket of its room."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
ROOMS: dict[str, set[Send]] = defaultdict(set)


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        return await _live(receive, send)
    await receive()
    await send({"type": "websocket.accept"})
    room = ROOMS[scope["path"]]
    room.add(send)
    try:
        while (event := await receive())["type"] == "websocket.receive":
            said = {"type": "websocket.send", "text": event["text"]}
            for member in tuple(room):
                await member(said)
    finally:
        room.discard(send)


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})
