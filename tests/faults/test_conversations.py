"""What is killed while colleagues write: all that was acknowledged is there, once.

Their client says again, under the same name, whatever was not acknowledged.
"""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from config.dev import SERVER
from config.servers import ROOT
from tests.faults.site import Site, answers, free_port, frozen, wait_until
from tests.faults.test_live import run

pytestmark = pytest.mark.fault
BURST = 40
PAUSE = 0.11  # seconds: nobody says more than ten things in one
BEGIN = """
import json
from messaging.actions.conversations import start_conversation
from network.accounts.actions.tokens import make_token
from tests import factories
from uuid import uuid4
staff = factories.a_user(f"staff-{uuid4()}@consilium.example", is_staff=True)
people = [
    factories.a_member(name, email=f"{uuid4()}@consilium.example", verified_by=staff)
    for name in ("Ana Heron", "Ben Sparrow")
]
room = start_conversation(people[0], people[1:], title="Burst", by=people[0].user)
tokens = [make_token(p.user, name="b", days=1, scope="write") for p in people]
print(json.dumps([str(room.public_id), str(room.epoch), *tokens]))
"""
KEPT = """
import json
from messaging.models import Message
rows = Message.objects.filter(conversation__public_id={!r}, kind="message")
print(json.dumps([[r.seq, str(r.client_id)] for r in rows.order_by("seq")]))
"""
Frame = dict[str, Any]


@dataclass
class Member:
    """A client that comes back, catches up, and says again what is not acknowledged."""

    port: int
    room: str
    epoch: str
    token: str
    since: int = 0
    seen: list[tuple[int, str]] = field(default_factory=list)
    unsure: dict[str, str] = field(default_factory=dict)
    acked: dict[str, int] = field(default_factory=dict)
    socket: ClientConnection | None = None

    def send(self, body: str) -> None:
        client_id = str(uuid4())
        self.unsure[client_id] = body
        self._say(client_id)

    def hear(self, seconds: float) -> None:
        """And come back whenever the line is gone."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self._take(json.loads(self._line().recv(timeout=left)))
            except TimeoutError:
                return
            except (ConnectionClosed, InvalidHandshake, OSError):
                self.socket = None
                time.sleep(0.2)

    def settle(self, patience: float = 30) -> None:
        until = time.monotonic() + patience
        while self.unsure and time.monotonic() < until:
            self.hear(1)
            for client_id in list(self.unsure):
                self._say(client_id)
        self.hear(2)

    def _line(self) -> ClientConnection:
        if self.socket is None:
            self.socket = connect(
                f"ws://localhost:{self.port}/live/",
                subprotocols=[Subprotocol("consilium.v1")],
                additional_headers={"Authorization": f"Bearer {self.token}"},
                legacy=True,
            )
            place = {"epoch": self.epoch, "since": self.since}
            self._frame(type="subscribe", conversation=self.room, **place)
        return self.socket

    def _say(self, client_id: str) -> None:
        try:
            self._line()
            body = self.unsure[client_id]
            said = {"client_id": client_id, "body": body, "conversation": self.room}
            self._frame(type="send", **said)
        except (ConnectionClosed, InvalidHandshake, OSError):
            self.socket = None

    def _frame(self, **said: object) -> None:
        assert self.socket
        self.socket.send(json.dumps(said))

    def _take(self, said: Frame) -> None:
        if said["type"] == "ack":
            self.unsure.pop(said["client_id"], None)
            assert self.acked.setdefault(said["client_id"], said["seq"]) == said["seq"]
        elif said["type"] == "event":
            assert said["seq"] == self.since + 1
            self.since = said["seq"]
            self.seen.append((said["seq"], said["client_id"]))
        else:
            assert said["type"] != "reset"


@pytest.fixture
def members(site: Site) -> Iterator[Callable[..., list[Member]]]:
    came: list[Member] = []

    def come(*ports: int) -> list[Member]:
        room, epoch, *tokens = json.loads(run(site, BEGIN).splitlines()[-1])
        own = [
            Member(port, room, epoch, it)
            for port, it in zip(ports, tokens, strict=True)
        ]
        came.extend(own)
        for member in own:
            member.hear(0.5)
        return own

    yield come
    for member in came:
        if member.socket:
            member.socket.close()


@contextmanager
def another_web(site: Site) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [sys.executable, "-m", *SERVER, "--port", str(port)]
    web = subprocess.Popen(command, cwd=ROOT, env=site.environment)
    try:
        wait_until(lambda: answers(port))
        yield port, web
    finally:
        web.kill()
        web.wait(20)


def burst(members: list[Member], interrupt: Callable[[], None]) -> None:
    for number in range(BURST):
        if number == BURST // 2:
            interrupt()
        for member in members:
            member.send(f"line {number}")
            member.hear(PAUSE / len(members))


def assert_told_alike(site: Site, members: list[Member]) -> None:
    for member in members:
        member.settle()
    kept = [
        (seq, name) for seq, name in json.loads(run(site, KEPT.format(members[0].room)))
    ]
    assert len(kept) == BURST * len(members)
    for member in members:
        member.hear(2)
        assert member.unsure == {}
        assert [pair for pair in member.seen if pair in kept] == kept
        assert {(seq, name) for name, seq in member.acked.items()} <= set(kept)


def test_a_killed_web_process_loses_nothing_and_doubles_nothing(
    site: Site, members: Callable[..., list[Member]]
) -> None:
    with another_web(site) as (port, web):
        ana, ben = members(port, site.port)

        def kill() -> None:
            web.send_signal(signal.SIGKILL)
            ana.port = site.port

        burst([ana, ben], kill)
        assert_told_alike(site, [ana, ben])


def test_a_killed_valkey_loses_nothing(
    site: Site, members: Callable[..., list[Member]]
) -> None:
    with another_web(site) as (port, _):
        both = members(port, site.port)
        burst(both, lambda: site.valkey.send_signal(signal.SIGKILL))
        assert_told_alike(site, both)


def test_a_killed_database_loses_nothing(
    site: Site, members: Callable[..., list[Member]]
) -> None:
    both = members(site.port, site.port)
    burst(both, lambda: site.postgres.send_signal(signal.SIGKILL))
    assert_told_alike(site, both)


def test_what_is_sent_while_the_database_is_silent_is_answered_or_sent_again(
    site: Site, members: Callable[..., list[Member]]
) -> None:
    both = members(site.port, site.port)

    def freeze() -> None:
        with frozen(site.postgres):
            for member in both:
                member.send("Is anybody there?")
                member.unsure.popitem()
                member.hear(3)

    burst(both, freeze)
    for member in both:
        member.settle()
    kept = json.loads(run(site, KEPT.format(both[0].room)))
    names = {name for _, name in kept}
    assert {name for member in both for name in member.acked} <= names
    assert [seq for seq, _ in both[0].seen] == [seq for seq, _ in both[1].seen]
