"""How far a long command has come: a bar on a terminal, lines elsewhere."""

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

BAR = 30
EVERY_ON_TERMINAL = 0.2
EVERY_ELSEWHERE = 10.0


@dataclass
class Progress:
    """Counts bytes of a file whose size is known, and says what that means in time."""

    total: int
    noun: str
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    began: float = field(default_factory=time.monotonic)
    said: float = field(default_factory=time.monotonic)

    def show(self, done: int, count: int) -> None:
        now = time.monotonic()
        pause = EVERY_ON_TERMINAL if self.stream.isatty() else EVERY_ELSEWHERE
        if now - self.said < pause:
            return
        self.said = now
        if self.stream.isatty():
            self.stream.write(f"\r\x1b[K{self._bar(done)} {self._words(done, count)}")
        else:
            self.stream.write(f"{self._words(done, count)}\n")
        self.stream.flush()

    def clear(self) -> None:
        if self.stream.isatty():
            self.stream.write("\r\x1b[K")
            self.stream.flush()

    def _bar(self, done: int) -> str:
        full = BAR * done // max(self.total, 1)
        return f"[{'=' * full}{' ' * (BAR - full)}]"

    def _words(self, done: int, count: int) -> str:
        share = done / max(self.total, 1)
        spent = time.monotonic() - self.began
        left = spent / share - spent if share else 0
        return f"{share:4.0%}  {count:,} {self.noun}  {_clock(left)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
