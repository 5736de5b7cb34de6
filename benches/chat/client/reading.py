"""What came on a line, read: messages, acknowledgements, faults, the end."""

import re
from itertools import accumulate

from benches.chat.client.frames import Opcode, frame, split
from benches.chat.client.line import Heard, Line

# With a space after the colon, or without: peers write it as they please.
TYPE = re.compile(rb'\{"type": ?"(\w+)"')
SEQ = re.compile(rb'"seq": ?(\d+)')
# The last part of a message's own id is its number.
NUMBER = re.compile(rb'"client_id": ?"[0-9a-f-]{24}([0-9a-f]{12})"')
EPOCH = re.compile(rb'"epoch": ?"([^"]+)"')
CODE = re.compile(rb'"code": ?"(\w+)"')


def read(line: Line) -> None:
    if not line.is_open or not line.chunks:
        return
    data = b"".join([line.rest, *line.chunks])
    ends = list(accumulate(map(len, line.chunks), initial=len(line.rest)))[1:]
    times, piece, done = line.times, 0, 0
    line.chunks, line.times = [], []
    for opcode, words, end in split(data):
        while ends[piece] < end:
            piece += 1
        _take(line, opcode, words, times[piece])
        done = end
    line.rest = data[done:]


def _take(line: Line, opcode: int, words: bytes, at: float) -> None:
    if opcode == Opcode.TEXT:
        _hear(line, words, at)
    elif opcode == Opcode.PING:
        line.send_raw(frame(Opcode.PONG, words))
    elif opcode == Opcode.CLOSE:
        line.closed = (int.from_bytes(words[:2], "big"), at)
        line.send_raw(frame(Opcode.CLOSE, words[:2]))


def _hear(line: Line, words: bytes, at: float) -> None:
    kind = _found(TYPE, words)
    # A peer sends on what a sender said.
    if kind in (b"event", b"send"):
        seq = int(_found(SEQ, words) or 0)
        line.heard.append(Heard(at, seq, int(_found(NUMBER, words) or b"0", 16)))
        line.seq = seq or line.seq
    elif kind == b"ack":
        line.acks[int(_found(NUMBER, words), 16)] = (at, int(_found(SEQ, words)))
    elif kind == b"synced":
        came = line.epoch != ""
        line.epoch, line.seq = _found(EPOCH, words).decode(), int(_found(SEQ, words))
        line.floor = line.floor if came else line.seq
    elif kind == b"error":
        code = _found(CODE, words).decode()
        line.faults[code] = line.faults.get(code, 0) + 1
    else:
        name = kind.decode()
        line.other[name] = line.other.get(name, 0) + 1


def _found(pattern: re.Pattern[bytes], words: bytes) -> bytes:
    found = pattern.search(words)
    return found[1] if found else b""
