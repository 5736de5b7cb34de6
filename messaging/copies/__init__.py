"""A conversation to take away: as it reads today, with what the trail says of it."""

from messaging.copies.copy import Copy
from messaging.copies.lines import as_json, as_pdf
from messaging.copies.parts import Part, parts

__all__ = ["Copy", "Part", "as_json", "as_pdf", "parts"]
