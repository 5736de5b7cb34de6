"""One line of a member list, read: what it says, and nothing of what it does not."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from network.clinicians.actions.places import Address


@dataclass
class Entry:
    """Columns and rows are those that the line names; an empty list empties."""

    line: int
    columns: dict[str, Any] = field(default_factory=dict)
    # Not yet saved, and not yet anybody's.
    rows: dict[type[Model], list[Model]] = field(default_factory=dict)
    addresses: list[Address] | None = None
    email: str = ""
    vouched: bool = False

    @property
    def name(self) -> str:
        return str(self.columns["name"])

    @property
    def external_id(self) -> str:
        return str(self.columns.get("external_id", ""))

    @property
    def npi(self) -> str:
        return str(self.columns.get("npi", ""))

    @property
    def keys(self) -> set[tuple[str, ...]]:
        """By what the same person would be recognised."""
        keys = {
            ("external_id", self.external_id),
            ("npi", self.npi),
            ("email", self.email, self.name.casefold() if self.email else ""),
        }
        return {key for key in keys if key[1]}


@dataclass(frozen=True)
class Problem:
    """What could not be read, and where."""

    line: int
    path: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"line {self.line}: {where}{self.reason}"
