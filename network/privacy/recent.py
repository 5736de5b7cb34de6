"""What a process remembers for a while: so much, so long, and safe in threads."""

from collections import OrderedDict
from collections.abc import Callable
from itertools import islice
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The oldest goes first; each that comes drives out two that are stale."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._kept: OrderedDict[K, tuple[V, float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        with self._lock:
            value, since = self._kept.get(key, (None, 0.0))
        return value if monotonic() - since < self.seconds else None

    def put(self, key: K, value: V, since: float) -> None:
        """Known since then, by the monotonic clock: before it was asked for."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (value, since)
            self._make_room()

    def forget(self, is_gone: Callable[[V], bool]) -> None:
        with self._lock:
            gone = [key for key, (value, _) in self._kept.items() if is_gone(value)]
            for key in gone:
                del self._kept[key]

    def _make_room(self) -> None:
        now = monotonic()
        for key, (_, since) in list(islice(self._kept.items(), 2)):
            if len(self._kept) > self.most or now - since >= self.seconds:
                del self._kept[key]
