"""Two web processes, four colleagues, and how they write while something happens."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from config.dev import SERVER
from config.servers import KEYSTORE, ROOT, SUPERUSER
from tests.faults.audit import Room, ask
from tests.faults.colleague import Colleague, following, until
from tests.faults.site import Site

CANARY = "heron-under-the-lamp"
MESSAGES, PAUSE = 20, 0.12
Trouble = Callable[[], None]
PEOPLE = """
import json
from uuid import uuid4
from network.accounts.actions.tokens import make_token
from tests import factories
staff = factories.a_user(f"staff-{uuid4()}@consilium.example", is_staff=True)
people = [
    factories.a_member(name, email=f"{uuid4()}@consilium.example", verified_by=staff)
    for name in ("Ana Heron", "Ben Sparrow", "Dana Finch", "Eli Swift")
]
tokens = [make_token(p.user, name="b", days=1, scope="write") for p in people]
print(json.dumps([[str(p.public_id), t] for p, t in zip(people, tokens)]))
"""


@dataclass
class Web:
    site: Site
    log: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", *SERVER, "--port", str(self.port)],
            cwd=ROOT,
            env=self.site.environment,
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
        )

    def end(self, how: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(60)


@dataclass
class House:
    site: Site
    webs: Sequence[Web]
    people: Sequence[tuple[str, str]]
    rooms: list[Room] = field(default_factory=list)

    def begin(self, *places: int) -> Room:
        """A room of Ana, Ben, Dana and Eli; each at the web process that is named."""
        own = [
            Colleague(who, token, self.webs[place].port)
            for (who, token), place in zip(self.people, places, strict=True)
        ]
        others = [one.id for one in own[1:]]
        begun = ask(own[0], "POST", "", {"members": others, "title": "Storm"}).said
        for one in own:
            one.room, one.epoch, one.seq = begun["id"], begun["epoch"], 0
        self.rooms.append(Room(self.site, begun["id"], own))
        return self.rooms[-1]


async def burst(one: Colleague) -> None:
    for number in range(MESSAGES):
        await one.send(f"{CANARY} {number}")
        if number == MESSAGES // 2:
            await one.read()
        await asyncio.sleep(PAUSE)


async def storm(room: Room, senders: Sequence[Colleague], trouble: Trouble) -> None:
    """Trouble comes when a third is said. Ends when all is said and shown."""

    async def disturb() -> None:
        await asyncio.sleep(MESSAGES * PAUSE / 3)
        await asyncio.to_thread(trouble)

    async with following(room.people):
        await asyncio.gather(disturb(), *map(burst, senders))
        await settled(room)


async def settled(room: Room) -> None:
    await until(lambda: not any(one.unsent for one in room.people))
    last = room.log()[-1].seq
    await until(lambda: all(one.seq >= last or one.is_out for one in room.people))
    await asyncio.sleep(0.3)  # in which nothing more is said


@contextmanager
def keystore_away(site: Site) -> Iterator[None]:
    """Nobody is connected to it, and nobody comes in."""
    address = site.place.database_url(SUPERUSER, "postgres")
    with psycopg.connect(address, autocommit=True) as line:
        line.execute(f"ALTER DATABASE {KEYSTORE} ALLOW_CONNECTIONS false")
        line.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [KEYSTORE],
        )
        try:
            yield
        finally:
            line.execute(f"ALTER DATABASE {KEYSTORE} ALLOW_CONNECTIONS true")
