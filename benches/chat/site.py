"""The web processes that are measured, each on a core of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from socket import socket
from tempfile import TemporaryFile
from typing import IO
from urllib.request import urlopen

import psutil

from benches.chat.client.line import Spec
from config.dev import SERVER
from config.keeper import die_with_parent
from config.servers import ROOT, fail

SERVERS, CLIENT = 0, -1  # places in the list of this machine's cores
PATIENCE = 60


@dataclass(frozen=True)
class Program:
    """What is served, and what its environment says besides ours."""

    name: str
    application: str
    environment: Mapping[str, str]
    has_lifespan: bool = True
    # Processes that share one port; with more than one each goes where it likes.
    workers: int = 1


FLOOR = Program("the raw floor", "benches.chat.peers.floor:application", {})


def stock(layer: str, *, keeps: bool) -> Program:
    return Program(
        f"{'ORM and ' if keeps else ''}group_send through {layer}",
        "benches.chat.peers.stock:application",
        {
            "DJANGO_SETTINGS_MODULE": "benches.chat.peers.settings",
            "BENCH_LAYER": layer,
            "BENCH_KEEPS": "1" if keeps else "0",
        },
        has_lifespan=False,
    )


# Behind a proxy that speaks TLS, as in life.
PRODUCTION = {"TRUSTED_PROXY_COUNT": "1"}
OURS = Program("ours", "config.asgi:application", PRODUCTION)
FORGETFUL = Program(
    "ours that keeps nothing", "benches.chat.forgetful:application", PRODUCTION
)
DEPLOYED = Program("ours as deployed", "config.asgi:application", PRODUCTION, workers=2)
COUNTED = Program("ours, counted", "benches.chat.counted:application", PRODUCTION)


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int
    log: IO[bytes]

    @property
    def memory(self) -> int:
        """What it alone holds, and its share of what it holds with others, in bytes."""
        return int(psutil.Process(self.process.pid).memory_full_info().pss)

    @property
    def seconds(self) -> float:
        """Of a core, that it has used."""
        used = psutil.Process(self.process.pid).cpu_times()
        return float(used.user + used.system)

    @property
    def counted(self) -> dict[str, int]:
        """What `COUNTED` says of itself."""
        with urlopen(f"http://localhost:{self.port}/bench/") as answer:
            found: dict[str, int] = json.load(answer)
        return found

    @property
    def workers(self) -> list[psutil.Process]:
        """Those that answer, where there is more than one."""
        family = psutil.Process(self.process.pid).children()
        return [one for one in family if any("spawn" in word for word in one.cmdline())]

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def cores() -> list[int]:
    return sorted(os.sched_getaffinity(0))


@contextmanager
def running(
    program: Program, *, core: int = SERVERS, port: int = 0
) -> Iterator[Server]:
    server = start(program, core=core, port=port or free_port())
    try:
        wait_for(server)
        yield server
    finally:
        server.end()


def start(program: Program, *, core: int, port: int) -> Server:
    command = [*SERVER, "--port", str(port), "--no-use-colors"]
    command[1] = program.application
    command += [] if program.has_lifespan else ["--lifespan=off"]
    command += [f"--workers={program.workers}"] if program.workers > 1 else []
    log = TemporaryFile()  # noqa: SIM115 as long as the server
    process = subprocess.Popen(  # noqa: S603 our own modules
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **program.environment},
        stdout=log,
        stderr=log,
        preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509
    )
    if program.workers == 1:
        psutil.Process(process.pid).cpu_affinity([cores()[core]])
    return Server(process, port, log)


def wait_for(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while not _answers(server.port):
        if server.process.poll() is not None or time.monotonic() > until:
            server.log.seek(0)
            fail(f"The server did not start:\n{server.log.read().decode()}")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.connect()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def free_port() -> int:
    """Under those that the machine gives to outgoing connections."""
    for port in range(20_000 + os.getpid() % 5_000, 32_000):
        with socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return fail("There is no free port.")


def handshake(port: int, path: str, headers: Sequence[str] = ()) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: localhost:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        *headers,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def peer_specs(port: int, rooms: Mapping[str, int]) -> list[Spec]:
    """So many members in each room of a peer, which asks nobody who she is."""
    return [
        Spec(port, room, handshake(port, f"/{room}/"))
        for room, size in rooms.items()
        for _ in range(size)
    ]
