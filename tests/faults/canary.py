"""A word that must not get out, and every kind of file where it could."""

import base64
import os
import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import redis

from config import postgres, servers
from config.servers import Place

# Nothing else begins so. Every place where it is written has a word of its own.
MARK = "quetzalcoatl"


def word(place: str) -> str:
    return f"{MARK}{place}"


def found_in(*places: Path) -> set[str]:
    """Which canaries stand in the files, plainly or under a common disguise."""
    files = (file for place in places for file in _files(place))
    return {known for file in files for known in found_in_bytes(_content(file))}


def found_in_bytes(content: bytes) -> Iterator[str]:
    plain = re.compile(rf"{MARK}[a-z]*".encode(), re.IGNORECASE)
    for match in plain.findall(content):
        yield match.decode().lower()
    for name, pattern in DISGUISES.items():
        if pattern in content:
            yield f"{MARK} as {name}"


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for directory, _, names in os.walk(place):
        for name in names:
            path = Path(directory, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _content(file: Path) -> bytes:
    """Servers at work remove files: what is gone by now holds nothing."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def _in_base64() -> dict[str, bytes]:
    """At each of the three places where a group of four signs may begin."""
    return {
        f"base64 at {before}": _inner(base64.b64encode(b"\0" * before + MARK.encode()))
        for before in range(3)
    }


def _inner(encoded: bytes) -> bytes:
    """What does not depend on the words around it."""
    return encoded.rstrip(b"=")[4:-1]


DISGUISES = {
    **_in_base64(),
    "hexadecimal": MARK.encode().hex().encode(),
    "sixteen bits": MARK.encode("utf-16-le"),
}


# -- The servers -------------------------------------------------------------------


def dumps_of(place: Place, directory: Path) -> list[Path]:
    """Both databases as plain text: whoever steals them packs them out first."""
    return [
        _dump(place, name, directory) for name in (servers.DATABASE, servers.KEYSTORE)
    ]


def _dump(place: Place, name: str, directory: Path) -> Path:
    path = directory / f"{name}.sql"
    address = place.database_url(servers.SUPERUSER, name)
    subprocess.run([postgres.BINARIES / "pg_dump", "-f", path, address], check=True)
    return path


def data_files_of(place: Place) -> list[Path]:
    """As they lie on the disk, with the log of writes."""
    address = place.database_url(servers.SUPERUSER)
    with psycopg.connect(address, autocommit=True) as superuser:
        superuser.execute("CHECKPOINT")
    return [place.database / "base", place.database / "global"]


def wal_of(place: Place) -> Path:
    return place.database / "pg_wal"


def memory_of(place: Place) -> list[Path]:
    """What Valkey holds, both ways in which it writes it down; not packed."""
    with redis.Redis.from_url(place.valkey_url) as valkey:
        valkey.config_set("rdbcompression", "no")
        valkey.config_set("appendonly", "yes")
        valkey.save()
    return [place.directory / "dump.rdb", place.directory / "appendonlydir"]


@contextmanager
def overheard(place: Place, file: Path) -> Iterator[None]:
    """Every command that Valkey is sent meanwhile."""
    listener = socket.socket(socket.AF_UNIX)
    listener.connect(unquote(urlsplit(place.valkey_url).path))
    listener.sendall(b"MONITOR\r\n")
    writing = threading.Thread(target=_copy, args=(listener, file))
    writing.start()
    try:
        yield
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        writing.join(10)
        listener.close()


def _copy(listener: socket.socket, file: Path) -> None:
    with file.open("wb") as kept:
        while said := listener.recv(65536):
            kept.write(said)
