"""How much one account may change by programs and forms, in each web process."""

import math
from collections import OrderedDict
from threading import Lock
from time import monotonic

BURST = 60.0
A_SECOND = 10.0
ACCOUNTS = 10_000  # of which it remembers when they came last


class TooFastError(Exception):
    """It may be asked for again after so many seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class Pace:
    """As a socket's allowance, but whoever is refused owes nothing."""

    def __init__(self) -> None:
        self._left: OrderedDict[int, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def spend(self, account: int) -> None:
        """A TooFastError when it has spent all it had."""
        with self._lock:
            left = self._now_left(account)
            if left < 1:
                raise TooFastError(math.ceil((1 - left) / A_SECOND))
            self._left[account] = (left - 1, monotonic())
            self._left.move_to_end(account)
            if len(self._left) > ACCOUNTS:
                self._left.popitem(last=False)

    def forget(self) -> None:
        self._left.clear()

    def _now_left(self, account: int) -> float:
        left, at = self._left.get(account, (BURST, 0.0))
        return min(BURST, left + (monotonic() - at) * A_SECOND)


PACE = Pace()
