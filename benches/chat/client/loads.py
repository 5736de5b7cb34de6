"""What a load does: one by one, at a pace, as fast as it goes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from time import perf_counter as now
from time import process_time
from uuid import uuid4

from benches.chat.client.line import Line
from benches.chat.client.net import Net
from benches.chat.client.story import Sent, Story, story

# No other run's, and each known by its end.
SALT = f"{uuid4()}"[:24]
NUMBERS = count(1)
BODY = "Would somebody with an opening on Tuesdays see a couple about sleep? "
LOST = 15.0  # seconds after which what has not come is counted as lost


@dataclass(frozen=True)
class Pace:
    """So many a second over all rooms; ephemeral ones beside them in every room."""

    messages: float
    seconds: float
    typing_per_room: float = 0.0
    letters: int = 100
    # Until the bench says something, if that is sooner.
    until_told: bool = False


class Mouth:
    """Says messages, each member of a room in her turn, and notes when."""

    def __init__(self, net: Net, letters: int = 100) -> None:
        self._net = net
        self.sent: dict[int, Sent] = {}
        self._turns = dict.fromkeys(net.rooms, 0)
        self._body = (BODY * (letters // len(BODY) + 1))[:letters]

    def next_of(self, room: str) -> Line:
        """Whose turn it is, of those who are here and wait for nothing."""
        lines = self._net.rooms[room]
        for _ in lines:
            self._turns[room] += 1
            line = lines[self._turns[room] % len(lines)]
            if line.is_open and line.is_heeded and not line.awaits:
                return line
        return line

    def speak(self, line: Line, number: int, due: float = 0.0) -> None:
        self.sent[number] = Sent(due or now(), line.spec.room, line)
        line.say(
            f'{{"type":"send","conversation":"{line.spec.room}",'
            f'"client_id":"{_own_id(number)}","body":"{self._body}"}}'
        )


def _own_id(number: int) -> str:
    return f"{SALT}{number:012x}"


def one_by_one(net: Net, times: int, pause: float) -> Story:
    """The next when the last is with everybody: nobody waits for another's message."""
    mouth = Mouth(net)
    (room,) = net.rooms
    mine = net.rooms[room]
    for number in (next(NUMBERS) for _ in range(times)):
        here: list[Line] = []
        marker, speaker = _own_id(number).encode(), mouth.next_of(room)
        for line in mine:
            line.wait_for(marker, here.append)
        speaker.wait_for_own(marker, here.append)
        mouth.speak(speaker, number)
        net.until(lambda here=here: len(here) == len(mine), LOST)  # type: ignore[misc]
        _rest(net, pause)
    return story(net, mouth.sent)


def _rest(net: Net, seconds: float) -> None:
    end = now() + seconds
    while (left := end - now()) > 0:
        net.turn(left)


def at_a_pace(net: Net, pace: Pace) -> Story:
    """By the clock: a server that falls behind makes them wait, and that is counted."""
    mouth = Mouth(net, pace.letters)
    rooms = list(net.rooms)
    busy, began = process_time(), now()
    messages = _clock(began, pace.messages, pace.seconds)
    typing = _clock(began, pace.typing_per_room * len(rooms), pace.seconds)
    voices = [
        Voice(messages, lambda i, due: _speak(mouth, rooms[i % len(rooms)], due)),
        Voice(typing, lambda i, _: _type(net, rooms[i % len(rooms)], i // len(rooms))),
    ]
    _follow(net, pace, voices)
    busy, taken = process_time() - busy, now() - began
    settle(net)
    told = story(net, mouth.sent)
    told.busy, told.seconds = busy / taken, taken
    return told


def _speak(mouth: Mouth, room: str, due: float) -> None:
    mouth.speak(mouth.next_of(room), next(NUMBERS), due)


def _clock(began: float, rate: float, seconds: float) -> Iterator[tuple[float, int]]:
    """Due times; none where the rate is none."""
    for i in range(int(rate * seconds)):
        yield began + i / rate, i


@dataclass
class Voice:
    """What is said, and when next."""

    clock: Iterator[tuple[float, int]]
    say: Callable[[int, float], object]
    due: tuple[float, int] | None = None

    def step(self) -> None:
        self.due = next(self.clock, None)

    def catch_up(self) -> None:
        while self.due and self.due[0] <= now():
            self.say(self.due[1], self.due[0])
            self.step()


def _follow(net: Net, pace: Pace, voices: Sequence[Voice]) -> None:
    for voice in voices:
        voice.step()
    while due := [voice.due[0] for voice in voices if voice.due]:
        net.turn(min(0.05, min(due) - now()))
        for voice in voices:
            voice.catch_up()
        if pace.until_told:
            net.read_all()
            if net.is_told:
                return


def _type(net: Net, room: str, turn: int) -> None:
    lines = net.rooms[room]
    lines[turn % len(lines)].say(f'{{"type":"typing","conversation":"{room}"}}')


def as_fast_as_it_goes(net: Net, at_once: int, seconds: float) -> Story:
    """In every room so many are on their way: who has her own back passes the turn."""
    mouth = Mouth(net)
    end = now() + seconds

    def pass_on(line: Line) -> None:
        if now() < end:
            speak(line.spec.room)

    def speak(room: str) -> None:
        line, number = mouth.next_of(room), next(NUMBERS)
        line.wait_for_own(_own_id(number).encode(), pass_on)
        mouth.speak(line, number)

    busy, began = process_time(), now()
    for room in net.rooms:
        for _ in range(at_once):
            speak(room)
    while now() < end:
        net.turn(0.05)
    busy, taken = process_time() - busy, now() - began
    settle(net)
    told = story(net, mouth.sent)
    told.busy, told.seconds = busy / taken, taken
    return told


def some_each(net: Net, times: int) -> int:
    """Everybody who is here says so many; how many that is."""
    mouth = Mouth(net)
    here = [line for line in net.lines if line.is_open]
    for _ in range(times):
        for line in here:
            mouth.speak(line, next(NUMBERS))
        _rest(net, 0.02)
    settle(net)
    return len(mouth.sent)


def settle(net: Net) -> None:
    """Until everybody has everything, or nothing came for a while."""
    began, before = now(), -1
    while now() < began + LOST:
        _rest(net, 0.3)
        net.read_all()
        have = sum(len(line.heard) for line in net.lines)
        if have == before:
            return
        before = have


def listen(net: Net, seconds: float) -> None:
    """Answers pings, and hears what there is, until the bench says something."""
    end = now() + seconds
    while not net.is_told and now() < end:
        net.turn(0.05)
        net.read_all()
