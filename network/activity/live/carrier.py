"""What brings frames to the other side: the server, by ASGI or past it."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import lru_cache
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import (
    WebSocketsSansIOProtocol,
)

Sending = Coroutine[Any, Any, None]
Send = Callable[[Mapping[str, Any]], Sending]
LONGEST, LONG = 125, 65_535  # bytes, up to which a frame's head has two or four
WHOLE_TEXT = 0x81


class Carrier:
    """As ASGI has it: an event for each frame."""

    __slots__ = ("_send",)

    def __init__(self, send: Send) -> None:
        self._send = send

    async def accept(self, subprotocol: str) -> None:
        await self._send({"type": "websocket.accept", "subprotocol": subprotocol})

    async def carry(self, texts: Sequence[str]) -> None:
        for text in texts:
            await self._send({"type": "websocket.send", "text": text})

    async def close(self, code: int) -> None:
        await self._send({"type": "websocket.close", "code": code})

    def abort(self) -> None:
        """ASGI has no word for it."""

    def leave(self) -> None:
        """The line has ended."""


class SwiftCarrier(Carrier):
    """Of uvicorn: what it would send, ten times as fast, and several at once. Its own
    way makes three objects and five calls of a text; here is nothing to negotiate.
    """

    __slots__ = ("_server",)

    def __init__(self, send: Send, server: WebSocketsSansIOProtocol) -> None:
        super().__init__(send)
        self._server = server

    async def carry(self, texts: Sequence[str]) -> None:
        server = self._server
        await server.writable.wait()
        if server.close_sent or server.transport.is_closing():
            raise ConnectionError("the other side has gone")
        server.transport.write(_written(tuple(texts)))

    def abort(self) -> None:
        """It would wait until all is read, for ever."""
        self._server.transport.abort()

    def leave(self) -> None:
        """What reads waits for more, and holds all that it belongs to. Where the other
        side has still to answer our goodbye, it reads on.
        """
        if self._server.transport.is_closing():
            self._server.conn.parser.close()


def carrier_of(send: Send) -> Carrier:
    server = getattr(send, "__self__", None)
    if isinstance(server, WebSocketsSansIOProtocol) and not server.conn.extensions:
        return SwiftCarrier(send, server)
    return Carrier(send)


@lru_cache(1)
def _written(texts: tuple[str, ...]) -> bytes:
    """What is told to a room goes to one line after the other."""
    return b"".join(map(framed, texts))


def framed(text: str) -> bytes:
    """As RFC 6455 has a text of a server, whole and not masked."""
    data = text.encode()
    size = len(data)
    if size <= LONGEST:
        return bytes((WHOLE_TEXT, size)) + data
    if size <= LONG:
        return bytes((WHOLE_TEXT, 126)) + size.to_bytes(2, "big") + data
    return bytes((WHOLE_TEXT, 127)) + size.to_bytes(8, "big") + data
