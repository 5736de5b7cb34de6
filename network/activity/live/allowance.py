"""How much one account may say, over all its sockets of a process."""

from dataclasses import dataclass, field
from time import monotonic

BURST = 60.0
A_SECOND = 10.0


@dataclass
class Allowance:
    """Fills up again by the second. Whoever talks on when it is empty is in debt."""

    left: float = BURST
    at: float = field(default_factory=monotonic)

    def spend(self) -> bool:
        now = monotonic()
        self.left = min(BURST, self.left + (now - self.at) * A_SECOND) - 1
        self.at = now
        return self.left >= 0

    @property
    def is_whole(self) -> bool:
        """As good as a new one."""
        return self.left + (monotonic() - self.at) * A_SECOND >= BURST

    @property
    def is_abused(self) -> bool:
        return self.left < -BURST
