"""Free text becomes criteria of a need, by local rules."""

from network.clinicians.reading.answer import (
    Choice,
    Identifier,
    Question,
    Reading,
    Span,
)
from network.clinicians.reading.reader import prepare, read

__all__ = ["Choice", "Identifier", "Question", "Reading", "Span", "prepare", "read"]
