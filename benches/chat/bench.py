"""What all parts of the benchmark share."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benches.chat import people
from benches.chat.audit import Audit
from benches.chat.client.line import Spec
from benches.chat.client.service import Came, Client
from benches.chat.client.story import Story
from benches.chat.people import Member
from benches.chat.site import OURS, Program, Server, running
from benches.goals import Goal
from config.servers import fail


@dataclass
class Bench:
    client: Client
    members: Sequence[Member]
    quick: bool
    audit: Audit = field(default_factory=Audit)
    # The busiest that the client's core was while something was measured.
    busy: float = 0.0

    def few(self, many: int, few: int) -> int:
        return few if self.quick else many

    def connect(self, specs: Sequence[Spec], **how: int) -> Came:
        came: Came = self.client.ask("connect", specs=specs, **how)
        if came.refused:
            fail(f"Of {len(specs)} sockets some were refused: {came.refused}")
        return came

    def leave(self) -> None:
        """What they saw is held against the table; then nobody is there any more."""
        self.audit.hold(self.client.ask("logs"))
        self.client.ask("drop")

    def load(self, name: str, **how: Any) -> Story:
        story: Story = self.client.ask(name, **how)
        self.busy = max(self.busy, story.busy)
        if story.faults:
            fail(f"The load was not as meant; its client was told: {story.faults}")
        return story

    @contextmanager
    def crowd(
        self, rooms: people.Rooms, program: Program = OURS, *, is_kept: bool = True
    ) -> Iterator[Server]:
        """Everybody of these rooms is there."""
        tell(f"{program.name}, {sum(map(len, rooms.values()))} sockets")
        with running(program) as server:
            self.connect(people.specs(server.port, rooms))
            yield server
            if is_kept:
                self.leave()
            self.client.ask("drop")


def tell(what: str) -> None:
    """Progress goes where results do not."""
    sys.stderr.write(f"{what} …\n")


def most(name: str, what: str, measured: float, goal: float) -> Goal:
    return Goal(name, what, round(measured, 3), goal, "x", measured <= goal)


def least(name: str, what: str, measured: float, goal: float) -> Goal:
    return Goal(name, what, round(measured, 3), goal, "x", measured >= goal)


def limit(name: str, what: str, measured: float, goal: float, unit: str) -> Goal:
    return Goal(name, what, round(measured, 3), goal, unit, measured <= goal)


def shown(name: str, what: str, measured: float, unit: str) -> Goal:
    """The machine's own; shown and never judged."""
    return Goal(name, what, round(measured, 3), 0, unit, ok=True)
