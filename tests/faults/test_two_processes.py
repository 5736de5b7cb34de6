"""Two web processes and a worker: what is over at one is over at the other."""

import io
import json
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from config.dev import SERVER
from config.servers import ROOT
from network.clinicians import pdf
from tests.faults.allowing import NAME
from tests.faults.site import Site, answers, free_port, frozen, wait_until
from tests.faults.test_live import run
from tests.faults.visitor import PIECE, Answer, Visitor, as_json
from tests.live.web import greeted, hear
from tests.messaging.test_log_at_once import together
from tests.referrals.packets.packing import COURSE, LETTER, REASON
from tests.referrals.story import WORDS

pytestmark = pytest.mark.fault
BEGIN = "from tests.faults.allowing import begin; print(begin())"
CELERY = ["celery", "--app", "config.celery", "--quiet"]
WORKER = [*CELERY, "worker", "--pool", "threads", "--concurrency", "2"]
SOON = 5.0
SECRET = (NAME, REASON, COURSE, LETTER.decode())
PAPER = 200 if pdf.is_possible() else 404


@dataclass
class Two:
    site: Site
    ports: list[int]
    told: dict[str, Any]


@pytest.fixture(scope="module")
def two(site: Site) -> Iterator[Two]:
    """Members sign in by their password alone."""
    ports = []
    with ExitStack() as stack:
        stack.enter_context(running(site, "allowing-worker", WORKER))
        for number in (1, 2):
            ports.append(free_port())
            serve = [*SERVER, "--port", str(ports[-1])]
            stack.enter_context(running(site, f"allowing-{number}", serve))
            wait_until(partial(answers, ports[-1]), patience=180)
        yield Two(site, ports, json.loads(run(site, BEGIN).splitlines()[-1]))


@contextmanager
def running(site: Site, name: str, command: list[str]) -> Iterator[None]:
    with site.place.log(name).open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={**site.environment, "SECOND_FACTOR_REQUIRED": "0"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)


@dataclass
class Her:
    """The colleague, in her browser and by her program, and what she was allowed."""

    tab: Visitor
    program: Visitor
    case: dict[str, Any]

    @classmethod
    def at(cls, port: int, case: dict[str, Any]) -> "Her":
        tab = Visitor(port).signed_in(case["email"])
        return cls(tab, Visitor(port, case["token"]), case)

    def knocks(self) -> dict[str, Answer]:
        page, version = self.case["identity"], f"{self.case['packet']}1/"
        packet = f"/api/v1/offers/{self.case['offer']}/packet"
        file = f"files/{self.case['file']}"
        return {
            "who it is": self.tab.post_again(page, why="care"),
            "who it is, open": self.tab.get(page, PIECE),
            "packet": self.tab.get(self.case["packet"]),
            "version": self.tab.get(version),
            "version, open": self.tab.get(version, PIECE),
            "paper": self.tab.get(f"{version}pdf/"),
            "file": self.tab.get(f"{version}{file}/"),
            "program": self.program.get(packet),
            "program, file": self.program.get(f"{packet}/{file}"),
            "session": self.tab.get(packet),
            "search": self.tab.post("/messages/search/", words="Johnson"),
            "offer": self.tab.get(f"/referrals/offers/{self.case['offer']}/"),
            "offer, program": self.program.get(packet.removesuffix("/packet")),
        }


OPEN = {"who it is, open": 204, "packet": 302, "paper": PAPER}
SHUT = {
    "who it is": 404,
    "packet": 404,
    "version": 404,
    "paper": 404,
    "file": 404,
    "program": 404,
    "program, file": 404,
    "session": 404,
}


def assert_open(her: Her) -> None:
    said = her.knocks()
    assert {name: one.status for name, one in said.items()} == {
        name: OPEN.get(name, 200) for name in said
    }
    shown = b"".join(one.content for one in said.values())
    assert [word for word in SECRET if word.encode() not in shown] == []


def assert_shut(her: Her) -> None:
    """From the first question on."""
    said = her.knocks()
    assert {name: one.status for name, one in said.items()} == {
        name: SHUT.get(name, 200) for name in said
    }
    shown = b"".join(one.content for one in said.values())
    assert [word for word in SECRET if word.encode() in shown] == []
    assert her.case["identity"].encode() not in said["offer"].content
    assert {
        name for name, one in said.items() if "no-store" not in cached(one)
    } == set()


def cached(one: Answer) -> str:
    return one.headers.get("Cache-Control", "")


def takes_it_back(phone: Visitor, case: dict[str, Any]) -> None:
    """The client, behind her link."""
    token, code = case["link"]
    phone.post(f"/client/by/{token}/")
    phone.post("/client/code/", code=code)
    done = phone.post(f"/client/consents/{case['consent']}/", verb="revoke")
    assert done.status == 302, done.text


def test_what_a_client_takes_back_at_one_is_shut_at_the_other_and_in_the_copy(
    two: Two,
) -> None:
    here, there = two.ports
    case = two.told["allowed"][0]
    her = Her.at(there, case)
    assert_open(her)
    with listening(her.tab) as socket, ThreadPoolExecutor(1) as beside:
        heard = beside.submit(hear_of, socket, f"consent:{case['client']}")
        takes_it_back(Visitor(here), case)
        began = time.monotonic()
        assert_shut(her)
        assert heard.result() - began < SOON
    copy = copy_of(her.tab, here)
    assert case["email"] in copy
    assert [word for word in SECRET if word in copy] == []


def test_so_it_is_when_nobody_can_be_woken(two: Two) -> None:
    here, there = two.ports
    case = two.told["allowed"][1]
    her = Her.at(there, case)
    assert_open(her)

    with frozen(two.site.valkey):
        takes_it_back(Visitor(here), case)
        assert_shut(her)


@contextmanager
def listening(tab: Visitor) -> Iterator[ClientConnection]:
    with connect(
        f"ws://localhost:{tab.port}/live/",
        origin=Origin(f"http://localhost:{tab.port}"),
        subprotocols=[Subprotocol("consilium.v1")],
        additional_headers=tab.cookie,
        legacy=True,
    ) as socket:
        yield greeted(socket)


def hear_of(socket: ClientConnection, topic: str) -> float:
    """When."""
    while topic not in hear(socket, 60).get("topics", []):
        pass
    return time.monotonic()


def copy_of(tab: Visitor, elsewhere: int) -> str:
    """Asked for here, made by the worker, fetched there."""
    assert tab.post_again("/settings/data/export/").status in (200, 302)
    made = re.compile(r"/settings/data/[0-9a-f-]{36}/fetching/")
    wait_until(lambda: bool(made.search(tab.get("/settings/data/").text)))
    way = made.search(tab.get("/settings/data/").text)
    assert way
    file = tab.at(elsewhere).post_again(way[0])
    assert file.headers["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    return "".join(archive.read(name).decode() for name in archive.namelist())


def test_of_twenty_who_accept_at_two_processes_one_is_first(two: Two) -> None:
    asked = two.told["asked"]
    programs = [
        Visitor(two.ports[number % 2], one["token"]) for number, one in enumerate(asked)
    ]

    said = together(
        partial(accept, program, one)
        for program, one in zip(programs, asked, strict=True)
    )

    assert sorted(answer.status for answer in said) == [200] + [409] * (len(asked) - 1)
    for one, program, answer in zip(asked, programs, said, strict=True):
        state, words = ("selected", 1) if answer.status == 200 else ("not_selected", 0)
        part = as_json(program.get(f"/api/v1/offers/{one['offer']}"))
        assert (part["state"], len(part["words"])) == (state, words)
    lost = [one for one, answer in zip(asked, said, strict=True) if answer.status > 200]
    for port, one in zip(two.ports, lost, strict=False):
        tab = Visitor(port).signed_in(one["email"])
        page = tab.get(f"/referrals/offers/{one['offer']}/").text
        assert "Thank you for having looked at it" in page
        assert WORDS not in page


def accept(program: Visitor, one: dict[str, Any]) -> Answer:
    said = {"step": "accept", "version": one["version"], "said": {"no_fee": True}}
    return program.post_json(f"/api/v1/offers/{one['offer']}/steps", said)
