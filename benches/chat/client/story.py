"""What a load came to: how long each message took, and whether all came, in order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from benches.chat.client.line import Line
from benches.chat.client.net import Net


@dataclass(frozen=True, slots=True)
class Sent:
    at: float
    room: str
    by: Line


@dataclass
class Log:
    """What the lines of one room have seen together: the number at each place."""

    seen: dict[int, int] = field(default_factory=dict)
    acks: dict[int, int] = field(default_factory=dict)
    floor: int = 0
    delivered: int = 0
    doubled: int = 0
    disordered: int = 0
    gaps: int = 0


@dataclass
class Story:
    # Seconds from a sending until the last member had it, and until the answer.
    everybody: list[float]
    acks: list[float]
    # When each was with everybody, from the first sending on.
    done: list[float]
    incomplete: int
    faults: dict[str, int]
    # Of the client's own core, how much it took.
    busy: float = 0.0
    seconds: float = 0.0


def story(net: Net, sent: Mapping[int, Sent]) -> Story:
    """An error in the answer counts as a fault; so does a message nobody got."""
    net.read_all()
    readers = [line for line in net.lines if line.is_heeded]
    sizes = Counter(line.spec.room for line in readers)
    last, copies = _arrivals(readers, sent)
    whole = {n: at for n, at in last.items() if copies[n] >= sizes[sent[n].room]}
    first = min((one.at for one in sent.values()), default=0.0)
    acks = [
        one.by.acks[number][0] - one.at
        for number, one in sent.items()
        if number in one.by.acks
    ]
    return Story(
        everybody=[at - sent[number].at for number, at in whole.items()],
        acks=acks,
        done=sorted(at - first for at in whole.values()),
        incomplete=len(sent) - len(whole),
        faults=_faults(net.lines),
    )


def _arrivals(
    lines: Iterable[Line], sent: Mapping[int, Sent]
) -> tuple[dict[int, float], dict[int, int]]:
    last, copies = dict.fromkeys(sent, 0.0), dict.fromkeys(sent, 0)
    for line in lines:
        for heard in line.heard:
            if heard.number in last:
                last[heard.number] = max(last[heard.number], heard.at)
                copies[heard.number] += 1
    return last, copies


def _faults(lines: Iterable[Line]) -> dict[str, int]:
    total: dict[str, int] = {}
    for line in lines:
        for code, times in line.faults.items():
            total[code] = total.get(code, 0) + times
    return total


def logs(net: Net) -> dict[str, Log]:
    """Line by line: each must have seen what all have seen, once and in order."""
    net.read_all()
    return {room: _log(lines) for room, lines in net.rooms.items()}


def _log(lines: list[Line]) -> Log:
    log = Log(floor=min(line.floor for line in lines))
    for line in lines:
        log.seen.update((heard.seq, heard.number) for heard in line.heard)
        log.acks.update((number, seq) for number, (_, seq) in line.acks.items())
    for line in lines:
        _judge(line, log)
    return log


def _judge(line: Line, log: Log) -> None:
    places = [heard.seq for heard in line.heard]
    log.delivered += len(places)
    log.doubled += len(places) - len(set(places))
    log.disordered += sum(a > b for a, b in pairwise(places))
    due = {seq for seq in log.seen if seq > line.floor}
    log.gaps += len(due - set(places)) if line.is_open else 0


def order_of_peers(net: Net) -> int:
    """Messages that came to somebody before one that others had before it."""
    return sum(_turned(lines) for lines in net.rooms.values())


def _turned(lines: list[Line]) -> int:
    first = {heard.number: place for place, heard in enumerate(lines[0].heard)}
    turned = 0
    for line in lines[1:]:
        places = [first[h.number] for h in line.heard if h.number in first]
        turned += sum(a > b for a, b in pairwise(places))
    return turned
