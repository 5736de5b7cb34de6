"""Web processes and websocket clients, both real."""

import asyncio
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import uvicorn
from django.conf import settings
from django.db import connection
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from config import servers
from config.dev import SERVER
from network.accounts.models import User
from network.activity.live import chores
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.faults.site import answers, free_port, wait_until
from tests.servers import SHARED

Frame = dict[str, Any]
V1 = "consilium.v1"


@dataclass
class Web:
    port: int

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def socket(
        self,
        headers: Mapping[str, str],
        *,
        origin: str | None = "own",
        protocols: tuple[str, ...] = (V1,),
        path: str = "/live/",
        max_queue: int | None = None,
    ) -> ClientConnection:
        """To read slowly: as many frames as the queue holds, then no more."""
        return connect(
            f"ws://localhost:{self.port}{path}",
            origin=cast(Origin, self.origin if origin == "own" else origin),
            subprotocols=[Subprotocol(name) for name in protocols],
            additional_headers=headers,
            open_timeout=60,
            max_queue=max_queue,
            legacy=True,
        )

    def status(self, headers: Mapping[str, str], **how: Any) -> int:
        """101, or with what the handshake is refused."""
        try:
            self.socket(headers, **how).close()
        except InvalidStatus as refusal:
            return refusal.response.status_code
        return 101

    def enter(self, person: Clinician | User) -> ClientConnection:
        """A tab of hers, from its hello on."""
        return greeted(self.socket(cookie_of(person)))


def greeted(socket: ClientConnection) -> ClientConnection:
    assert hear(socket)["type"] == "hello"
    return socket


def cookie_of(person: Clinician | User) -> dict[str, str]:
    return cookie(session_of(person))


def session_of(person: Clinician | User) -> str:
    return signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value


def cookie(session: str) -> dict[str, str]:
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}


def hear(socket: ClientConnection, patience: float = 30) -> Frame:
    said: Frame = json.loads(socket.recv(timeout=patience))
    return said


def say(socket: ClientConnection, **said: object) -> Frame:
    """And what comes back."""
    socket.send(json.dumps(said))
    return hear(socket)


def hears_nothing(socket: ClientConnection, seconds: float = 0.5) -> bool:
    """A ping's answer comes behind everything that was sent before."""
    time.sleep(seconds)
    return say(socket, type="ping") == {"type": "pong"}


def is_open(socket: ClientConnection) -> bool:
    """Whatever it is told meanwhile."""
    socket.send('{"type": "ping"}')
    while hear(socket) != {"type": "pong"}:
        pass
    return True


def close_code(socket: ClientConnection, patience: float = 10) -> int | None:
    """With what it is closed; nothing when it is still open by then."""
    until = time.monotonic() + patience
    try:
        while (left := until - time.monotonic()) > 0:
            socket.recv(timeout=left)
    except TimeoutError:
        return None
    except ConnectionClosed:
        return socket.protocol.close_code
    return None


@dataclass
class Here(Web):
    """A server in a thread of the test."""

    server: uvicorn.Server
    ended: list[str]

    def must_be_whole(self) -> None:
        """Else it is deaf, or blind: no test of it would say why it fails."""
        assert not self.ended, f"a chore of the server has ended: {self.ended}"

    def rest(self) -> None:
        """Whoever is still there is told to go; what was begun for them has ended."""
        state, loop = self.server.server_state, self.server.servers[0].get_loop()
        for line in list(state.connections):
            loop.call_soon_threadsafe(line.shutdown)
        wait_until(lambda: not state.connections and not state.tasks)


@contextmanager
def in_this_process() -> Iterator[Here]:
    """A server in a thread of the test, in the test's database and settings."""
    kept, connection.settings_dict["CONN_MAX_AGE"] = (
        connection.settings_dict["CONN_MAX_AGE"],
        0,
    )
    port = free_port()
    server = uvicorn.Server(_configured(port))
    thread = threading.Thread(target=asyncio.run, args=(server.serve(),), daemon=True)
    with ends_of_chores(thread) as ended:
        thread.start()
        try:
            wait_until(lambda: server.started)
            yield Here(port, server, ended)
        finally:
            server.should_exit = True
            thread.join(60)
            connection.settings_dict["CONN_MAX_AGE"] = kept
    assert not thread.is_alive(), "the server does not end"


def _configured(port: int) -> uvicorn.Config:
    from config.asgi import application

    return uvicorn.Config(
        application,
        host="localhost",
        port=port,
        ws="websockets-sansio",
        ws_max_size=65536,
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )


@contextmanager
def ends_of_chores(thread: threading.Thread) -> Iterator[list[str]]:
    """What its log says of them: only in the main thread they stop the server."""
    ended: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread.ident:
                ended.append(record.getMessage())

    listening, log = Listening(), logging.getLogger(chores.__name__)
    log.addHandler(listening)
    try:
        yield ended
    finally:
        log.removeHandler(listening)


@dataclass
class Process(Web):
    """Behind a proxy that speaks https, as it is meant to be."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.port}"

    def socket(self, headers: Mapping[str, str], **how: Any) -> ClientConnection:
        return super().socket({**headers, "X-Forwarded-Proto": "https"}, **how)


@contextmanager
def in_its_own(log: Path, *options: str, **environment: str) -> Iterator[Process]:
    """A server as in life, on the test's database."""
    place = servers.Place(Path(os.environ[SHARED]))
    name = str(connection.settings_dict["NAME"])
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", *SERVER, "--port", str(port), *options],
        cwd=servers.ROOT,
        env={
            **os.environ,
            "DATABASE_ROLE": "",
            "DATABASE_URL": place.database_url(servers.APP, name),
            "DEBUG": "",
            "TRUSTED_PROXY_COUNT": "1",
            **environment,
        },
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
    )

    def is_up() -> bool:
        assert process.poll() is None, log.read_text()
        return answers(port)

    try:
        wait_until(is_up, patience=180)
        yield Process(port, process, log)
    finally:
        process.terminate()
        process.wait(60)
