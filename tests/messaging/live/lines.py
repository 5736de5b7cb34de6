"""A client of conversations, as a program would be: it hears everything in order."""

import json
import time
from contextlib import suppress
from types import TracebackType
from typing import Any
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from messaging.models import Conversation
from network.accounts.models import User
from network.clinicians.models import Clinician
from tests.live.web import Frame, Web

PATIENCE = 60.0
SAID = ("event", "ack", "typing", "presence")


def user_of(person: Clinician) -> User:
    assert person.user
    return person.user


class Line:
    """Of one tab in one conversation. Nudges are passed over."""

    def __init__(self, socket: ClientConnection, room: Conversation) -> None:
        self.socket, self.room = socket, str(room.public_id)
        self.epoch = str(room.epoch)

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()

    def say(self, kind: str, **more: object) -> None:
        said = {"type": kind, "conversation": self.room, **more}
        is_odd = any("\ud800" in str(value) for value in said.values())
        self.socket.send(json.dumps(said, ensure_ascii=is_odd))

    def subscribe(self, since: int | None = 0, **more: object) -> list[Frame]:
        """What was missed, up to `synced`."""
        self.say("subscribe", **{"epoch": self.epoch, "since": since, **more})
        return self.until("synced")

    def send(self, body: str, **more: object) -> str:
        client_id = str(more.pop("client_id", None) or uuid4())
        self.say("send", client_id=client_id, body=body, **more)
        return client_id

    def sent(self, body: str, **more: object) -> int:
        """Its place in the log."""
        client_id = self.send(body, **more)
        ack = self.hear("ack")
        assert ack["client_id"] == client_id
        return int(ack["seq"])

    def hear(self, *kinds: str, patience: float = PATIENCE) -> Frame:
        """The next one of these; what else is said before is passed over."""
        until = time.monotonic() + patience
        while (left := until - time.monotonic()) > 0:
            said: Frame = json.loads(self.socket.recv(timeout=left))
            if said["type"] in kinds:
                return said
        raise TimeoutError

    def until(self, kind: str) -> list[Frame]:
        heard: list[Frame] = []
        while not heard or heard[-1]["type"] != kind:
            heard.append(self.hear("event", "reset", "error", "ack", kind))
        return heard

    def events(self, count: int) -> list[Frame]:
        return [self.hear("event") for _ in range(count)]

    def refusal(self) -> tuple[str, Any]:
        said = self.hear("error")
        return said["code"], said["ref"]

    def rest(self, seconds: float = 0.5) -> list[Frame]:
        """Whatever else is said before so long a silence, but nudges; and then before
        the answer to a ping, however slow the server is.
        """
        heard: list[Frame] = []
        with suppress(TimeoutError, ConnectionClosed):
            while True:
                heard.append(self.hear(*SAID, patience=seconds))
        with suppress(TimeoutError, ConnectionClosed):
            self.socket.send('{"type": "ping"}')
            while (said := self.hear(*SAID, "pong"))["type"] != "pong":
                heard.append(said)
        return heard


def line_of(web: Web, person: Clinician, room: Conversation) -> Line:
    return Line(web.enter(person), room)


def bodies(frames: list[Frame]) -> list[str]:
    return [
        said["body"] for said in frames if said["type"] == "event" and "body" in said
    ]


def seqs(frames: list[Frame]) -> list[int]:
    return [said["seq"] for said in frames if said["type"] == "event"]
