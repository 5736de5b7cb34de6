"""A client that says again what was not acknowledged, and notes what it is shown.

It mends nothing of what it is told: no order, no gap, no double.
"""

import asyncio
import json
import random
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

Frame = dict[str, Any]
GONE = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError)
# What passes, and the seconds after which it is said again. Ten a second are hers.
PASSING = {"too_fast": (2.0, 8.0), "unavailable": (0.4, 0.6)}
REMOVED, POLICY = 4403, 1008
FULL_AGAIN = 12.0  # seconds, after which she is as free as at the beginning
NARROW = 8192  # bytes that the system takes for a line of which nobody reads


@dataclass(frozen=True)
class Shown:
    seq: int
    kind: str
    client_id: str | None
    body: str | None
    at: float


@dataclass
class Line:
    """One connection: what kinds of frames came on it, and how it ended."""

    kinds: list[str] = field(default_factory=list)
    code: int | None = None
    ended: float = 0.0


@dataclass
class Colleague:
    id: str
    token: str
    port: int
    room: str = ""
    epoch: str = ""
    times: int = 1  # that she says everything
    is_narrow: bool = False  # her line: little comes that is not read
    seq: int = 0
    shown: list[Shown] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    unsent: set[str] = field(default_factory=set)
    acked: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    reads: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: ClientConnection | None = None

    @property
    def codes(self) -> list[int | None]:
        return [line.code for line in self.lines]

    @property
    def is_out(self) -> bool:
        """She was cut, came back, and was told that she has no place there."""
        return REMOVED in self.codes and "subscribe" in self.refused

    async def send(self, body: str) -> None:
        client_id = str(uuid4())
        self.said[client_id] = body
        self.unsent.add(client_id)
        await self._send(client_id)

    async def read(self) -> None:
        await self._say("read", seq=self.seq)

    async def follow(self) -> None:
        """Comes back whenever the line is gone, also after she was removed."""
        self.reads.set()
        while True:
            line = Line()
            with suppress(*GONE):
                await self._stay(line)
            pause = FULL_AGAIN if line.code == POLICY else random.uniform(0.1, 0.4)  # noqa: S311 no secret
            await asyncio.sleep(pause)

    async def _stay(self, line: Line) -> None:
        async with connect(
            f"ws://localhost:{self.port}/live/",
            sock=await line_to(self.port, is_narrow=self.is_narrow),
            subprotocols=[Subprotocol("consilium.v1")],
            additional_headers={"Authorization": f"Bearer {self.token}"},
            open_timeout=5,
            ping_interval=None,
            max_queue=1 if self.is_narrow else 16,
        ) as line_of_hers:
            self._socket = line_of_hers
            self.lines.append(line)
            try:
                async for text in line_of_hers:
                    said = json.loads(text)
                    line.kinds.append(said["type"])
                    await self._hear(said)
                    await self.reads.wait()
            finally:
                line.code, self._socket = line_of_hers.close_code, None
                line.ended = monotonic()

    async def _hear(self, said: Frame) -> None:
        match said["type"]:
            case "hello":
                await self._subscribe()
                for client_id in list(self.unsent):
                    await self._send(client_id)
            case "event":
                self.seq = said["seq"]
                names = said.get("client_id"), said.get("body")
                self.shown.append(Shown(said["seq"], said["kind"], *names, monotonic()))
            case "ack":
                self._note_ack(said["client_id"], said["seq"])
            case "error":
                self._note_refusal(said["ref"], said["code"])
            case "reset":
                self.doubts.append("thrown back to the beginning")

    def _note_ack(self, client_id: str, seq: int) -> None:
        self.unsent.discard(client_id)
        if self.acked.setdefault(client_id, seq) != seq:
            self.doubts.append("two places for one message")

    def _note_refusal(self, ref: str, code: str) -> None:
        if code in PASSING:
            pause = random.uniform(*PASSING[code])  # noqa: S311 no secret
            asyncio.get_running_loop().call_later(pause, self._say_again, ref)
        else:
            self.unsent.discard(ref)
            self.refused[ref] = code

    def _say_again(self, ref: str) -> None:
        if ref == "subscribe":
            self._again = asyncio.ensure_future(self._subscribe())
        elif ref in self.unsent:
            self._again = asyncio.ensure_future(self._send(ref))

    async def _subscribe(self) -> None:
        place = {"epoch": self.epoch, "since": self.seq}
        await self._say("subscribe", ref="subscribe", **place)

    async def _send(self, client_id: str) -> None:
        for _ in range(self.times):
            await self._say("send", client_id=client_id, body=self.said[client_id])

    async def _say(self, kind: str, **more: object) -> None:
        said = {"type": kind, "conversation": self.room, **more}
        try:
            if self._socket:
                await self._socket.send(json.dumps(said, ensure_ascii=False))
        except ConnectionClosed:
            pass  # it is said when the line is back


async def line_to(port: int, *, is_narrow: bool) -> socket.socket:
    line = socket.socket()
    if is_narrow:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW)
    line.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", port))
    except OSError:
        line.close()
        raise
    return line


@asynccontextmanager
async def following(people: Sequence[Colleague]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(one.follow()) for one in people]
    try:
        await until(lambda: all("synced" in kinds_of(one) for one in people))
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def kinds_of(one: Colleague) -> list[str]:
    """On her last line."""
    return one.lines[-1].kinds if one.lines else []


async def until(holds: Callable[[], object], patience: float = 120.0) -> None:
    end = monotonic() + patience
    while not holds():
        assert monotonic() < end, "it did not come to be"
        await asyncio.sleep(0.02)
