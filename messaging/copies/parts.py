"""A long conversation is taken away in parts, so that no page works for minutes."""

from dataclasses import dataclass
from enum import StrEnum

from messaging.models import Membership
from messaging.thread.page import rows_of


class Format(StrEnum):
    PDF = "pdf"
    JSON = "json"


# Lines in one part: a PDF is set line by line, which takes time.
MOST = {Format.PDF: 250, Format.JSON: 10_000}
LABELS = {
    Format.PDF: "PDF, to read and to print",
    Format.JSON: "JSON, for programs",
}


@dataclass(frozen=True)
class Part:
    """Of so many, the first being 1."""

    format: Format
    number: int
    of: int

    @property
    def code(self) -> str:
        return f"{self.format}-{self.number}"

    @property
    def label(self) -> str:
        part = f": part {self.number} of {self.of}" if self.of > 1 else ""
        return f"{LABELS[self.format]}{part}"

    @property
    def size(self) -> int:
        return MOST[self.format]


def parts(membership: Membership) -> list[Part]:
    """In which formats and parts she can take it away; the oldest part first."""
    lines = rows_of(membership).count()
    return [part for form in Format for part in _parts(form, lines)]


def _parts(form: Format, lines: int) -> list[Part]:
    of = max(1, -(-lines // MOST[form]))
    return [Part(form, number, of) for number in range(1, of + 1)]
