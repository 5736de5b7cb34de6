"""What happens to packets, in the past tense; no word of a case."""

from enum import StrEnum


class PacketEvent(StrEnum):
    WRITTEN = "packet.written"
    ENCLOSED = "packet.enclosed"
    TAKEN_OUT = "packet.taken_out"
    SENT = "packet.sent"
    OPENED = "packet.opened"
    REVOKED = "packet.revoked"
