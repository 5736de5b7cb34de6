"""HTTP and the socket are two ways into one log: whatever happens by either of them,
whoever listens by one knows what whoever reads by the other does.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from messaging.models import Conversation
from network.accounts.pace import PACE
from network.clinicians.models import Clinician
from tests.live.web import Web
from tests.messaging.live.lines import Line
from tests.messaging.programs import Program, program_of

STEPS = 40
Frame = dict[str, Any]


@dataclass
class Member:
    """She has both ways, and chooses anew each time."""

    program: Program
    line: Line
    path: str
    sent: list[int] = field(default_factory=list)

    def message(self, way: str, said: Frame) -> int | None:
        if way == "socket":
            return self._said("send", **said)
        return _seq(self.program.post(f"{self.path}/messages", said))

    def edit(self, way: str, seq: int, body: str) -> int | None:
        if way == "socket":
            return self._said("edit", seq=seq, body=body)
        return _seq(self.program.patch(f"{self.path}/messages/{seq}", {"body": body}))

    def recall(self, way: str, seq: int) -> int | None:
        if way == "socket":
            return self._said("recall", seq=seq)
        return _seq(self.program.delete(f"{self.path}/messages/{seq}"))

    def pin(self, way: str, seq: int) -> int | None:
        if way == "socket":
            return self._said("pin", seq=seq)
        return _seq(self.program.put(f"{self.path}/messages/{seq}/pin"))

    def react(self, way: str, seq: int) -> int | None:
        if way == "socket":
            return self._said("react", seq=seq, reaction="+care")
        return _seq(self.program.put(f"{self.path}/messages/{seq}/reactions/care"))

    def _said(self, kind: str, **what: object) -> int | None:
        self.line.say(kind, **what)
        return self.line.hear("ack", "error").get("seq")


def _seq(answer: Any) -> int | None:
    seq: int | None = answer.json().get("seq")
    return seq


@contextmanager
def members(web: Web, room: Conversation, *people: Clinician) -> Iterator[list[Member]]:
    found = [
        Member(program_of(one), Line(web.enter(one), room), f"/{room.public_id}")
        for one in people
    ]
    try:
        yield found
    finally:
        for member in found:
            member.line.socket.close()


@dataclass
class History:
    """What became of it: the seqs of the messages, and of everything."""

    dice: random.Random
    messages: list[int] = field(default_factory=list)
    seqs: list[int] = field(default_factory=list)

    def step(self, who: Member) -> None:
        """One thing, by one way or the other, which the log keeps or refuses."""
        way, other = self.dice.sample(["socket", "http"], 2)
        what = self.dice.choice(
            ["message", "message", "edit", "recall", "pin", "react"]
        )
        if what == "message" or not self.messages:
            self._write(who, way, other)
            return
        words = (f"other words {self.dice.random()}",) if what == "edit" else ()
        target = self.dice.choice(self.messages)
        kept = getattr(who, what)(way, target, *words)
        self.seqs += [kept] if kept else []

    def _write(self, who: Member, way: str, other: str) -> None:
        """Said twice: the second time by the other way."""
        said = {"client_id": str(uuid4()), "body": f"words {self.dice.random()}"}
        kept = who.message(way, said)
        assert kept is not None
        assert who.message(other, said) == kept
        self.messages.append(kept)
        self.seqs.append(kept)


@pytest.mark.parametrize("seed", range(3))
def test_both_ways_tell_one_history(
    web: Web,
    room: Conversation,
    ana: Clinician,
    ben: Clinician,
    dana: Clinician,
    seed: int,
) -> None:
    dice = random.Random(seed)  # noqa: S311 no secret
    history = History(dice)
    with members(web, room, ana, ben, dana) as (anas, bens, danas):
        danas.line.subscribe()
        for _ in range(STEPS):
            PACE.forget()
            history.step(dice.choice([anas, bens]))
        heard = danas.line.events(len(history.seqs))
        read = danas.program.log(danas.path)
        with Line(web.enter(dana), room) as late:
            caught_up = [said for said in late.subscribe() if said["type"] == "event"]

    assert history.seqs == [said["seq"] for said in heard]
    assert history.seqs == list(range(1, len(heard) + 1))
    assert caught_up == read
    assert [_without_words(said) for said in heard] == list(map(_without_words, read))
    lasting = [said for said in read if "body" in said]
    assert lasting == [said for said in heard if said["seq"] in _seqs(lasting)]


def _without_words(said: Frame) -> Frame:
    """What was recalled since is in no log any more, though it was heard."""
    return {k: v for k, v in said.items() if k not in {"body", "recalled"}}


def _seqs(events: list[Frame]) -> set[int]:
    return {said["seq"] for said in events}
