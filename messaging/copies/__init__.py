"""A conversation to take away: as it reads today, with what the trail says of it."""

from messaging.copies.parts import Part, parts

__all__ = ["Part", "parts"]
