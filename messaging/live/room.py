"""One conversation in one process: how far it has got, and who is in it."""

import asyncio
from collections import deque
from collections.abc import Iterable
from itertools import islice
from math import inf
from time import monotonic, time
from typing import NamedTuple
from uuid import UUID

from messaging.log import Entry
from network.activity.live.socket import Socket

HELD = 500  # entries
TAIL = 200  # frames, for those who come back
REMEMBERED = 60.0  # seconds for which they are kept


class Frame(NamedTuple):
    """An entry as it is told. Where it gives `target` other words: besides without
    them, for whoever came after that. Its words are told until `over_at`, by the clock.
    """

    seq: int
    text: str
    target: int = 0
    bare: str = ""
    over_at: float = inf


class Seat:
    """One socket in a room: how far it has been told, or nothing when it hears all
    that is forwarded.
    """

    __slots__ = ("clinician", "from_seq", "position", "shows_presence", "socket")

    def __init__(
        self, socket: Socket, clinician: UUID, from_seq: int, position: int
    ) -> None:
        self.socket, self.clinician, self.from_seq = socket, clinician, from_seq
        self.position: int | None = max(position, from_seq)
        self.shows_presence = True

    def text_of(self, frame: Frame) -> str:
        is_hers = not frame.target or frame.target > self.from_seq
        return frame.text if is_hers else frame.bare

    def texts_of(self, frames: Iterable[Frame]) -> tuple[str, ...]:
        return tuple(map(self.text_of, frames))


class Room:
    """Entries are forwarded from `next_seq` on, each once; those that come before
    their turn are held. Until its head is known everything is.
    """

    def __init__(self, conversation: UUID) -> None:
        self.conversation = conversation
        self.name = str(conversation)
        self.epoch: UUID | None = None
        self.next_seq = 0
        self.version = 0  # of who may read here, as last seen
        # The newest entry that was about who is in here. Whoever was found to be a
        # member before it has to be looked at again.
        self.changed_at = 0
        self.promised = 0  # up to there the log is known to go
        self.swept = 0  # up to there it went when it was last swept
        self.held: dict[int, Entry] = {}
        self.seats: dict[Socket, Seat] = {}
        # Who of its members is known to be here, once somebody wished to know.
        self.present: set[UUID] | None = None
        self.mending: asyncio.Task[None] | None = None
        self.loading: asyncio.Task[None] | None = None
        self.forgotten = 0
        self.told, self._told_since = 0, monotonic()  # characters, lately
        self._tail: deque[Frame] = deque(maxlen=TAIL)
        self._tail_since, self._tail_until = monotonic(), inf

    @property
    def is_open(self) -> bool:
        return self.epoch is not None

    @property
    def last(self) -> int:
        """What was forwarded last."""
        return self.next_seq - 1

    def open_at(self, epoch: UUID, last_seq: int, version: int) -> None:
        self.epoch, self.version = epoch, version
        self.next_seq, self.changed_at = last_seq + 1, last_seq
        self.promised = self.swept = last_seq
        self.held = {seq: it for seq, it in self.held.items() if seq > last_seq}

    def hold(self, entry: Entry) -> None:
        """So many, and then only how far they go: the log has them too."""
        self.held[entry.seq] = entry
        if len(self.held) > HELD:
            self.promised = max(self.promised, *self.held)
            self.held.clear()

    def told_within(self, seconds: float) -> int:
        """How many characters everybody was told; it begins anew after that time."""
        now = monotonic()
        if now - self._told_since > seconds:
            self.told, self._told_since = 0, now
        return self.told

    # What was said lately

    @property
    def tail_from(self) -> int:
        """The first that the tail has."""
        return self._tail[0][0] if self._tail else self.next_seq

    def remember(self, frame: Frame) -> None:
        self._tail.append(frame)
        self._tail_until = min(self._tail_until, frame.over_at)

    def prepend(self, frames: list[Frame]) -> None:
        """What comes before the tail, without a gap."""
        before = [frame for frame in frames if frame[0] < self.tail_from]
        if before and before[-1][0] == self.tail_from - 1:
            room_left = TAIL - len(self._tail)
            self._tail.extendleft(reversed(before[-room_left:] if room_left else []))
            self._tail_until = min(it.over_at for it in self._tail)

    def forget_tail(self) -> None:
        """What was erased is not told from memory."""
        self._tail.clear()
        self.forgotten += 1
        self._tail_since, self._tail_until = monotonic(), inf

    @property
    def is_stale(self) -> bool:
        """Whether the tail has words that are over, or has been kept for long."""
        age = monotonic() - self._tail_since
        return age > REMEMBERED or time() >= self._tail_until

    def after(self, position: int, most: int) -> list[Frame]:
        """From the tail, which goes back at least so far."""
        return list(islice((it for it in self._tail if it[0] > position), most))
