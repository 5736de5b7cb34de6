"""The little of RFC 6455 that a load client needs."""

import struct
from collections.abc import Iterator
from enum import IntEnum


class Opcode(IntEnum):
    TEXT = 1
    CLOSE = 8
    PING = 9
    PONG = 10


def frame(opcode: Opcode, said: bytes) -> bytes:
    """Masked with zeros: a client must mask, and this one has nothing to hide."""
    size = len(said)
    if size < 126:
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
    else:
        head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size)
    return head + b"\0\0\0\0" + said


def split(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """The whole frames of what a server sent: opcode, words, and where it ends."""
    at, length = 0, len(data)
    while at + 2 <= length:
        size, begin = data[at + 1], at + 2
        if size == 126:
            size, begin = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
        elif size == 127:
            size, begin = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
        end = begin + size
        if end > length:
            return
        yield data[at] & 15, data[begin:end], end
        at = end
