"""One socket of one member."""

import errno
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter as now
from typing import NamedTuple

from benches.chat.client.frames import Opcode, frame

AT_ONCE = 16_384
WELCOME = b" 101 "
# A marker may come in two pieces; none is longer than this.
MARKER = 64


@dataclass(frozen=True)
class Spec:
    """Whose socket, where to, and what is said in its room."""

    port: int
    room: str
    handshake: bytes
    # What is said once it is open and what the answer then holds; nothing for a peer.
    subscribe: str = ""
    ready: str = ""
    small_buffer: bool = False


class Heard(NamedTuple):
    """A message that came: when, its place in the room, and which one."""

    at: float
    seq: int
    number: int


@dataclass(slots=True, eq=False)
class Line:
    spec: Spec
    lost: Callable[["Line"], None]
    wire: socket.socket | None = None
    is_open: bool = False
    began: float = 0.0
    opened: float = 0.0
    ready: float = 0.0
    refusal: str = ""
    # When it was lost, and how long it waits before the next try.
    left: float = 0.0
    wait: float = 0.0
    # As it came, and what of it is not read yet.
    chunks: list[bytes] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    rest: bytes = b""
    # What its owner waits for, and what she then does.
    awaits: bytes = b""
    times_left: int = 1
    then: Callable[["Line"], object] | None = None
    tail: bytes = b""
    is_heeded: bool = True
    # What was read.
    heard: list[Heard] = field(default_factory=list)
    acks: dict[int, tuple[float, int]] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    other: dict[str, int] = field(default_factory=dict)
    closed: tuple[int, float] | None = None
    epoch: str = ""
    seq: int = 0
    floor: int = 0  # where the room was when she came: what came before is not hers

    def begin(self) -> int:
        """Returns the descriptor; the rest happens when the other side answers."""
        self.wire = socket.socket()
        self.wire.setblocking(False)
        if self.spec.small_buffer:
            self.wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.is_open, self.closed, self.rest, self.refusal = False, None, b"", ""
        self.chunks, self.times = [], []
        self.began, self.opened, self.ready = now(), 0.0, 0.0
        failed = self.wire.connect_ex(("127.0.0.1", self.spec.port))
        if failed not in (0, errno.EINPROGRESS):
            self.refusal = errno.errorcode[failed]
        self.wait_for(b"\r\n\r\n", Line._answered)
        return self.wire.fileno()

    def shake_hands(self) -> None:
        assert self.wire  # noqa: S101 it has begun
        if failed := self.wire.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self.refusal = errno.errorcode[failed]
            return self.lost(self)
        return self.send_raw(self.spec.handshake)

    def wait_for(self, marker: bytes, then: Callable[["Line"], object]) -> None:
        self.awaits, self.then, self.times_left, self.tail = marker, then, 1, b""

    def wait_for_own(self, marker: bytes, then: Callable[["Line"], object]) -> None:
        """Ours answers a sender, and she has her message as everybody has it."""
        self.wait_for(marker, then)
        self.times_left = 2 if self.spec.subscribe else 1

    def say(self, said: str) -> None:
        self.send_raw(frame(Opcode.TEXT, said.encode()))

    def send_raw(self, data: bytes) -> None:
        """A line that is gone takes nothing."""
        try:
            sent = self.wire.send(data) if self.wire else len(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            return self.lost(self)
        return self._insist(data[sent:]) if sent < len(data) else None

    def _insist(self, data: bytes) -> None:
        """The server does not read just now: the load waits with it."""
        assert self.wire  # noqa: S101 it was just written to
        self.wire.settimeout(10)
        self.wire.sendall(data)
        self.wire.setblocking(False)

    def take(self) -> None:
        assert self.wire  # noqa: S101 the poll knows only those that have one
        try:
            chunk = self.wire.recv(AT_ONCE)
        except BlockingIOError:
            return None
        except OSError:
            chunk = b""
        if not chunk:
            return self.lost(self)
        self.times.append(now())
        self.chunks.append(chunk)
        if self.awaits:
            self._look(self.tail + chunk)
        return None

    def _look(self, seen: bytes) -> None:
        while (at := seen.find(self.awaits)) >= 0:
            seen = seen[at + len(self.awaits) :]
            self.times_left -= 1
            if not self.times_left:
                return self._have()
        self.tail = seen[-MARKER:]
        return None

    def _have(self) -> None:
        then, self.awaits, self.then, self.tail = self.then, b"", None, b""
        if then:
            then(self)

    def _answered(self) -> None:
        head, _, rest = b"".join(self.chunks).partition(b"\r\n\r\n")
        if WELCOME not in head[:20]:
            self.refusal = head[9:12].decode()
            return self.lost(self)
        self.is_open, self.opened = True, self.times[-1]
        self.chunks, self.times = [rest], [self.opened]
        if not self.spec.subscribe:
            self.ready = self.opened
            return None
        self.wait_for(self.spec.ready.encode(), Line._is_ready)
        if rest:
            self._look(rest)
        since = f',"epoch":"{self.epoch}","since":{self.seq}' if self.epoch else ""
        return self.say(self.spec.subscribe.replace("}", since + "}"))

    def _is_ready(self) -> None:
        self.ready = self.times[-1]

    def hang_up(self) -> None:
        if self.wire:
            self.wire.close()
        self.wire, self.is_open = None, False
