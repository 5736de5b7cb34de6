"""Who is connected to this process, and what reaches whom."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence

from network.activity.live import wire
from network.activity.live.allowance import Allowance
from network.activity.live.carrier import Send
from network.activity.live.passes import Pass
from network.activity.live.protocol import EVERYTHING, Close, frame
from network.activity.live.socket import Socket
from network.activity.live.subscription import Subscription

SOCKETS = 20  # of one account, in one process


class TooManyError(Exception):
    """She has as many sockets as she may have, or opens them too fast."""


class Hub:
    """Of one event loop; everything here runs in it and never waits for a client."""

    def __init__(self, valkey_url: str) -> None:
        self.subscription = Subscription(
            valkey_url, heard=self._hear, returned=self._catch_up
        )
        self.on_recheck: Callable[[str], None] = lambda person: None
        # Whoever knows what rooms are for: hears what is said in one, who left it,
        # who may have lost her right to some, that Valkey is back, and that the server
        # stops.
        self.on_room: Callable[[str, str], None] = self.tell_room
        self.on_left: Callable[[Socket, str], None] = lambda socket, room: None
        self.on_doubt: Callable[[str], None] = lambda person: None
        self.on_return: Callable[[], None] = lambda: None
        self.on_stopping: Callable[[], Awaitable[None]] = _nothing_to_finish
        self.on_cut: Callable[[], None] = lambda: None  # a reader was too slow
        self.left = 0  # sockets that were here
        self._people: dict[str, set[Socket]] = {}
        self._rooms: dict[str, set[Socket]] = {}
        self._allowances: dict[str, Allowance] = defaultdict(Allowance)

    @property
    def sockets(self) -> Sequence[Socket]:
        return [socket for own in self._people.values() for socket in own]

    def of(self, person: str) -> Collection[Socket]:
        return tuple(self._people.get(person, ()))

    async def enter(self, holder: Pass, send: Send) -> Socket:
        """When it returns, what is published for her from now on reaches her."""
        allowance = self._allowances[holder.person]
        if len(self.of(holder.person)) >= SOCKETS or not allowance.spend():
            raise TooManyError
        socket = Socket(holder, send, self, allowance)
        self._people.setdefault(holder.person, set()).add(socket)
        await self.subscription.want(wire.PEOPLE)
        return socket

    def forget(self, socket: Socket) -> bool:
        """Whether it was here. Whoever leaves leaves every room."""
        for room in tuple(socket.rooms):
            self.leave(socket, room)
        own = self._people.get(socket.holder.person, set())
        if socket not in own:
            return False
        own.remove(socket)
        self.left += 1
        if not own:
            del self._people[socket.holder.person]
        return True

    def forget_allowances(self) -> None:
        """Of those who have gone; not while a new one would be worth more to them."""
        gone = [
            person
            for person, allowance in self._allowances.items()
            if person not in self._people and allowance.is_whole
        ]
        for person in gone:
            del self._allowances[person]

    async def join(self, socket: Socket, room: str) -> None:
        """When it returns, what is published there is heard here. Whether it is for
        her is decided by whoever forwards it.
        """
        self._rooms.setdefault(room, set()).add(socket)
        socket.rooms.add(room)
        await self.subscription.want(wire.of_room(room))

    def leave(self, socket: Socket, room: str) -> None:
        socket.rooms.discard(room)
        inside = self._rooms.get(room, set())
        inside.discard(socket)
        if not inside and self._rooms.pop(room, None) is not None:
            self.subscription.drop(wire.of_room(room))
        self.on_left(socket, room)

    def is_empty(self, room: str) -> bool:
        return room not in self._rooms

    def remove(self, person: str, room: str) -> None:
        """She belongs there no more: out of the room first, then she hears it."""
        for socket in self.of(person):
            if room in socket.rooms:
                self.leave(socket, room)
                socket.close(Close.REMOVED)

    def close_all(self, code: Close) -> None:
        for socket in self.sockets:
            socket.close(code)

    def tell_all(self, said: str) -> None:
        _tell(self.sockets, said)

    def tell_room(self, room: str, said: str) -> None:
        _tell(tuple(self._rooms.get(room, ())), said)

    def _hear(self, channel: str, said: str) -> None:
        if channel == wire.CONTROL:
            self.on_recheck(said)
            self.on_doubt(said)
        elif channel == wire.PEOPLE:
            people, hers = wire.addressees(said)
            for person in people:
                _tell(self.of(person), hers)
        elif channel == wire.ROOMS:
            for room, hers in wire.scattered(said):
                self.on_room(room, hers)
        else:
            self.on_room(channel.removeprefix(wire.of_room("")), said)

    def _catch_up(self) -> None:
        """Valkey was away: nobody knows what was missed."""
        self.tell_all(frame("nudge", topics=[EVERYTHING]))
        self.on_return()


async def _nothing_to_finish() -> None:
    pass


def _tell(sockets: Iterable[Socket], said: str) -> None:
    for socket in sockets:
        socket.tell(said)
