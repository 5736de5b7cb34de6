"""One socket: what its client says is answered here, what it is told goes out."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from network.activity.live import protocol
from network.activity.live.allowance import Allowance
from network.activity.live.carrier import Send, carrier_of
from network.activity.live.outbox import Outbox
from network.activity.live.passes import Pass
from network.activity.live.protocol import Close, Fault, FaultyFrameError, Said

if TYPE_CHECKING:
    from network.activity.live.hub import Hub

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Answer = Callable[["Socket", Said], Awaitable[None]]


PATIENCE = 10  # frames that one socket may say after it was told that it is too fast


class Socket:
    __slots__ = ("_outbox", "_refused", "allowance", "holder", "hub", "id", "rooms")

    def __init__(self, holder: Pass, send: Send, hub: "Hub", allowance: Allowance):
        self.id = uuid4().hex
        self.holder, self.hub, self.allowance = holder, hub, allowance
        self.rooms: set[str] = set()
        self._refused = 0  # frames, since one was heard
        self._outbox = Outbox(carrier_of(send), too_slow=self._cut_as_too_slow)

    def tell(self, frame: str) -> None:
        """Never waits; a reader who is too slow for it is cut."""
        self._outbox.put((frame,))

    def tell_all(self, frames: Sequence[str]) -> None:
        """In one piece. The same tuple, told to many, is written once for all."""
        self._outbox.put(frames)

    def tell_ephemeral(self, frame: str) -> None:
        """Not to one who has much to read already."""
        self._outbox.put_ephemeral(frame)

    async def tell_at_pace(self, frames: Sequence[str]) -> None:
        """Very much, as fast as she reads it. Returns when it is on its way."""
        await self._outbox.put_at_pace(frames)

    def close(self, code: Close) -> None:
        """Out of the hub first: nothing more reaches it, then it hears why."""
        if self.hub.forget(self):
            self._outbox.end(code)

    def _cut_as_too_slow(self) -> None:
        self.hub.on_cut()
        self.close(Close.TOO_SLOW)

    async def live(self, receive: Receive, answers: Mapping[str, Answer]) -> None:
        """Until the other side is gone. A faulty frame is answered, not punished."""
        await self._outbox.open(protocol.SUBPROTOCOL, protocol.hello(self.id))
        while (event := await receive())["type"] == "websocket.receive":
            try:
                await self._hear(event, answers)
            except FaultyFrameError as fault:
                self.tell(protocol.error(fault))

    def leave(self) -> None:
        self.hub.forget(self)
        self._outbox.leave()

    async def _hear(
        self, event: Mapping[str, Any], answers: Mapping[str, Answer]
    ) -> None:
        may_speak = self.allowance.spend()
        self._refused = 0 if may_speak else self._refused + 1
        if self.allowance.is_abused and self._refused > PATIENCE:
            return self.close(Close.POLICY)
        said = protocol.parse(event)
        if not may_speak:
            raise FaultyFrameError(Fault.TOO_FAST, said.ref)
        if said.kind not in answers:
            raise FaultyFrameError(Fault.UNKNOWN_TYPE, said.ref)
        return await answers[said.kind](self, said)


async def pong(socket: Socket, said: Said) -> None:
    """Keeps the line, and nothing else: a session's idle time runs on."""
    socket.tell(protocol.frame("pong"))
