"""PostgreSQL and Valkey of our own, for whoever has configured none.

A keeper process starts both and stops them when nobody uses them any more.
Whoever uses them holds a shared lock on one file; the keeper waits for the
exclusive lock, which the kernel grants when the last user is gone, however it
went. Nothing here imports Django.
"""

import atexit
import fcntl
import hashlib
import os
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn
from urllib.parse import quote

import psycopg
import redis

OWNER, APP = "consilium_owner", "consilium_app"
SUPERUSER = "postgres"
DATABASE = "consilium"
KEYSTORE = f"{DATABASE}_keys"
PATIENCE = 60.0
SOCKET, LONGEST_SOCKET = ".s.PGSQL.5432", 107
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Place:
    """A directory where a pair of servers keeps its data."""

    directory: Path

    @property
    def sockets(self) -> Path:
        """Beside the data; under a short name where that makes no good address."""
        beside = str(self.directory / "sockets")
        if quote(beside) == beside and len(beside) < LONGEST_SOCKET - len(SOCKET):
            return Path(beside)
        name = hashlib.sha256(str(self.directory).encode()).hexdigest()[:12]
        return Path("/tmp") / f"consilium-{os.getuid()}-{name}"  # noqa: S108 checked

    @property
    def has_sockets(self) -> bool:
        """Under /tmp anybody may have made it before: then nobody connects to it."""
        try:
            found = self.sockets.lstat()
        except FileNotFoundError:
            return False
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
        if not ours or found.st_mode & stat.S_IRWXO:
            fail(f"{self.sockets} was made by somebody else: remove it and try again.")
        return True

    @property
    def database(self) -> Path:
        return self.directory / "postgres"

    def database_url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@{quote(str(self.sockets), safe='')}/{database}"

    @property
    def valkey_url(self) -> str:
        return f"unix://{self.sockets}/valkey.sock"

    def log(self, name: str) -> Path:
        return self.directory / f"{name}.log"

    def lock(self, name: str) -> IO[str]:
        return (self.directory / f"{name}.lock").open("w")

    @property
    def ready(self) -> Path:
        """There while the keeper's own servers run."""
        return self.directory / "ready"

    @property
    def is_kept(self) -> bool:
        """A keeper holds its own lock as long as it lives."""
        return not self._could_be_had("keeper", fcntl.LOCK_EX)

    @property
    def is_used(self) -> bool:
        """Users share their lock; a keeper that is stopping has it alone."""
        shared = self._could_be_had("users", fcntl.LOCK_SH)
        return shared and not self._could_be_had("users", fcntl.LOCK_EX)

    def _could_be_had(self, name: str, kind: int) -> bool:
        try:
            with (self.directory / f"{name}.lock").open() as lock:
                return obtains(lock, kind)
        except FileNotFoundError:
            return True

    def environment(self) -> dict[str, str]:
        """What a process needs to be told to use these servers."""
        return {
            "DATABASE_URL": self.database_url(APP),
            "DATABASE_OWNER_URL": self.database_url(OWNER),
            "REDIS_URL": self.valkey_url,
        }


OURS = Place(ROOT / ".local")
_held: dict[Path, IO[str]] = {}
_keepers: dict[Path, subprocess.Popen[str]] = {}


def wanted() -> bool:
    return not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))


def use(place: Place = OURS, *options: str) -> None:
    """Have both servers running until this process ends; start them if need be."""
    if place.directory in _held:
        return
    place.directory.mkdir(parents=True, exist_ok=True)
    users = place.lock("users")
    fcntl.flock(users, fcntl.LOCK_SH)  # waits while a keeper is stopping
    _held[place.directory] = users
    atexit.register(release, place)
    if not _is_up(place):
        keeper = _keepers[place.directory] = _start_keeper(place, options)
        _await(place, keeper)


def release(place: Place = OURS) -> None:
    """Use them no more, and wait for their end unless somebody else uses them."""
    if users := _held.pop(place.directory, None):
        users.close()
        while place.is_kept and not place.is_used:
            time.sleep(0.05)
    keeper = _keepers.pop(place.directory, None)
    if keeper and not place.is_kept:
        keeper.wait()


def _is_up(place: Place) -> bool:
    """What a killed keeper left may answer for a moment more: it does not count."""
    return place.is_kept and place.ready.exists() and answering(place)


def answering(place: Place) -> bool:
    if not place.has_sockets:
        return False
    try:
        psycopg.connect(place.database_url(APP), connect_timeout=2).close()
        with redis.Redis.from_url(place.valkey_url, socket_timeout=2) as valkey:
            return bool(valkey.ping())
    except (psycopg.OperationalError, redis.RedisError):
        return False


def _start_keeper(place: Place, options: tuple[str, ...]) -> subprocess.Popen[str]:
    """In a session of its own: Ctrl-C must not reach the servers before the users."""
    command = [sys.executable, "-m", "config.keeper", str(place.directory), *options]
    return subprocess.Popen(  # noqa: S603 our own module
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=place.log("keeper").open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )


def _await(place: Place, keeper: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE
    while not _is_up(place):
        # Another starter's keeper may have come first: ours then ends with 0.
        if keeper.poll():
            fail(place.log("keeper").read_text().strip())
        if time.monotonic() > until:
            fail(f"The servers did not start within a minute: see {place.directory}.")
        time.sleep(0.05)


def obtains(lock: IO[str], kind: int) -> bool:
    """Whether this kind of lock could be had, now."""
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def fail(sentence: str) -> NoReturn:
    raise SystemExit(sentence)
