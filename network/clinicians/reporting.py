"""Problems of an import: the first ones on the screen, all of them in a file."""

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

SHOWN = 100


class Spot(Protocol):
    """A problem and where it is."""

    @property
    def line(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def reason(self) -> str: ...


class Screen(Protocol):
    def write(self, words: str) -> object: ...


class Report:
    """Open for the time of one import."""

    def __init__(self, screen: Screen, path: Path | None) -> None:
        self.screen = screen
        self.path = path
        self.count = 0

    def __enter__(self) -> Self:
        self.file = (
            self.path.open("w", newline="", encoding="utf-8") if self.path else None
        )
        self.rows = csv.writer(self.file) if self.file else None
        if self.rows:
            self.rows.writerow(["line", "path", "reason"])
        return self

    def tell(self, problems: Iterable[Spot]) -> None:
        for problem in problems:
            self.count += 1
            if self.count <= SHOWN:
                self.screen.write(str(problem))
            if self.rows:
                self.rows.writerow([problem.line, problem.path, problem.reason])

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.file:
            self.file.close()
        if self.count > SHOWN:
            where = self.path or "--report FILE would list them all"
            self.screen.write(f"… and {self.count - SHOWN:,} more: {where}")
