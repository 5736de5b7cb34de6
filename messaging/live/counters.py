"""What a process counts of its rooms, for whoever wonders how it fares."""

import asyncio
from bisect import bisect_left
from dataclasses import asdict, dataclass, field

import structlog

EVERY = 60.0  # seconds
STEPS = (0.005, 0.02, 0.1, 1.0)  # seconds; the last count is of what took longer
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Counters:
    """Since the process began. In health no sweep repairs anything."""

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
    cut: int = 0  # read too slowly
    answered: list[int] = field(default_factory=lambda: [0] * (len(STEPS) + 1))

    def batch(self, size: int) -> None:
        self.batches += 1
        self.entries += size
        self.biggest_batch = max(self.biggest_batch, size)

    def cut_one(self) -> None:
        self.cut += 1

    def answer(self, seconds: float) -> None:
        """What was submitted has its answer."""
        self.answered[bisect_left(STEPS, seconds)] += 1

    async def run(self) -> None:
        """Every minute in which something happened."""
        said = asdict(self)
        while True:
            await asyncio.sleep(EVERY)
            if asdict(self) != said:
                said = asdict(self)
                self.say()

    def say(self) -> None:
        log.info("conversations_counted", **asdict(self))
