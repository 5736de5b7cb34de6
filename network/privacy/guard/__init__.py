"""Finds what could tell who a client is, on this machine, by rules and small lists."""

from network.privacy.guard.answer import DIRECT, Span
from network.privacy.guard.check import LONGEST, guard, prepare

__all__ = ["DIRECT", "LONGEST", "Span", "guard", "prepare"]
