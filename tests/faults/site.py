"""The web process under test, and what is done to its servers."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import psutil

from config.dev import SERVER
from config.servers import ROOT, Place

EMAIL, PASSWORD = "ana@example.org", "a long and quiet evening"
MEMBER = f"""
from allauth.account.models import EmailAddress
from network.accounts.actions.agreements import accept_agreements
from network.accounts.models import User
user = User.objects.create_user({EMAIL!r}, {PASSWORD!r})
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
accept_agreements(user)
"""


_first = os.getpid() * 97 % 12_000
_ports = iter([20_000 + (_first + step) % 12_000 for step in range(12_000)])


@dataclass
class Answer:
    status: int
    seconds: float
    body: str
    url: str


@dataclass
class Site:
    place: Place
    port: int
    web: subprocess.Popen[bytes]
    browser: OpenerDirector = field(
        default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar()))
    )

    def get(self, path: str) -> Answer:
        return self._ask(Request(f"http://localhost:{self.port}{path}"))

    def post(self, path: str, **fields: str) -> Answer:
        data = urlencode(fields).encode()
        return self._ask(Request(f"http://localhost:{self.port}{path}", data))

    def _ask(self, request: Request) -> Answer:
        began = time.monotonic()
        try:
            response = self.browser.open(request, timeout=120)
        except HTTPError as error:
            response = error
        body = response.read().decode()
        return Answer(response.status, time.monotonic() - began, body, response.url)

    def sign_in(self) -> Answer:
        page = self.get("/account/login/")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
        token = found[1] if found else ""
        return self.post(
            "/account/login/",
            csrfmiddlewaretoken=token,
            login=EMAIL,
            password=PASSWORD,
        )

    def sign_out(self) -> None:
        self.browser = build_opener(HTTPCookieProcessor(CookieJar()))

    def until(self, path: str, status: int, patience: float = 60) -> Answer:
        """What it answers once it answers so; else what it answered last."""
        end = time.monotonic() + patience
        while (answer := self.get(path)).status != status and time.monotonic() < end:
            time.sleep(0.1)
        return answer

    @property
    def environment(self) -> dict[str, str]:
        return environment_of(self.place)

    @property
    def postgres(self) -> psutil.Process:
        pid = (self.place.database / "postmaster.pid").read_text().split()[0]
        return psutil.Process(int(pid))

    @property
    def keeper(self) -> psutil.Process:
        parent = self.postgres.parent()
        assert parent
        return parent

    @property
    def valkey(self) -> psutil.Process:
        family = self.keeper.children()
        return next(child for child in family if "valkey" in child.name())

    def end(self) -> None:
        self.web.terminate()
        self.web.wait(60)


def begin(place: Place, port: int) -> Site:
    environment = environment_of(place)
    for command in (["-m", "config.tables"], ["manage.py", "shell", "-c", MEMBER]):
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, check=True
        )
    web = subprocess.Popen(
        [sys.executable, "-m", *SERVER, "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=place.log("web").open("w"),
        stderr=subprocess.STDOUT,
    )
    site = Site(place, port, web)
    try:
        wait_until(lambda: answers(port), patience=120)
    except AssertionError:
        site.end()
        raise
    return site


def environment_of(place: Place) -> dict[str, str]:
    environment = {**os.environ, **place.environment(), "DEBUG": "1"}
    environment["AUDIT_ANCHOR_PATH"] = str(place.directory / "anchors")
    environment.pop("DATABASE_ROLE", None)
    return environment


def free_port() -> int:
    """Under the ports that the machine gives to outgoing connections. None is given
    twice, and processes that begin side by side look far from each other.
    """
    for port in _ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port")


def answers(port: int, host: str = "localhost") -> bool:
    try:
        with build_opener().open(f"http://{host}:{port}/livez", timeout=2):
            return True
    except (OSError, HTTPException):
        return False


def wait_until(holds: Callable[[], bool], patience: float = 60) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.1)


def kill(process: psutil.Process) -> None:
    """As after a SIGKILL to it. Whom it has started would still answer for a moment:
    they are killed as well, and nobody of them is left when this returns.
    """
    family = _stopped(process)
    for member in family:
        _tell(member, signal.SIGKILL)
    wait_until(lambda: not any(map(_is_alive, family)))


@contextmanager
def frozen(process: psutil.Process, *, alone: bool = False) -> Iterator[None]:
    """As after a SIGSTOP to it and, unless alone, to all it has started."""
    family = _stopped(process, alone=alone)
    try:
        yield
    finally:
        for member in family:
            _tell(member, signal.SIGCONT)


def _stopped(process: psutil.Process, *, alone: bool = False) -> list[psutil.Process]:
    """Itself first: from then on it starts nobody. Of the others some end meanwhile."""
    process.send_signal(signal.SIGSTOP)
    others = [] if alone else process.children(recursive=True)
    for other in others:
        _tell(other, signal.SIGSTOP)
    return [process, *others]


def _tell(process: psutil.Process, what: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(what)


def _is_alive(process: psutil.Process) -> bool:
    """Who has ended is kept as a zombie until a parent asks, who may be frozen."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def processes_of(directory: Path) -> list[str]:
    """Everything that runs in a directory, on its data or on its sockets."""
    sockets = str(Place(directory / ".local").sockets)
    found = []
    for process in psutil.process_iter(["cmdline", "cwd"]):
        words = " ".join(process.info["cmdline"] or [])
        here = process.info["cwd"] == str(directory)
        if here or str(directory) in words or sockets in words:
            found.append(words)
    return found
