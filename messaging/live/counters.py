"""What a process counts of its rooms, for whoever wonders how it fares."""

from dataclasses import asdict, dataclass

import structlog

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Counters:
    """In health no sweep repairs anything."""

    batches: int = 0
    entries: int = 0
    biggest_batch: int = 0
    splits: int = 0
    unavailable: int = 0
    forwarded: int = 0
    dropped: int = 0  # heard before
    held: int = 0  # came before its turn
    gap_fetches: int = 0
    tail_fetches: int = 0
    sweep_repairs: int = 0
    subscribed: int = 0
    resets: int = 0
    removed: int = 0
    lost_in_valkey: int = 0
    nudges: int = 0

    def batch(self, size: int) -> None:
        self.batches += 1
        self.entries += size
        self.biggest_batch = max(self.biggest_batch, size)

    def say(self) -> None:
        log.info("conversations_counted", **asdict(self))
