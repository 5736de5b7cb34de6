"""A virus scanner, where one is configured (`CLAMD`): ClamAV's daemon, by its socket.

It is given the whole file in plain, so it has to stand on this machine or in a private
network. Without an answer nothing is kept.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import NoReturn
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from network.privacy.files.kinds import RefusedFileError

PORT = 3310
PATIENCE = 30.0
CHUNK = 256 * 1024
LONGEST_ANSWER = 4096
AWAY = "The virus scanner cannot be reached, so nothing is attached. Try again later."
FOUND = "The virus scanner found something in this file. It was not kept."
log = structlog.get_logger(__name__)


def scan(content: bytes) -> None:
    if not settings.CLAMD:
        return
    try:
        with _connected(settings.CLAMD) as scanner:
            answer = _asked(scanner, content)
    except (OSError, ValueError) as failure:
        _away(type(failure).__name__)
    if found := re.search(rb"stream: ([\w.-]{1,100})( FOUND|\b)", answer):
        if found[2]:
            log.warning("virus_found", signature=found[1].decode())
            raise RefusedFileError(FOUND)
        if found[1] == b"OK":
            return
    _away("an answer that nobody knows")


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    """`unix:///run/clamav/clamd.ctl` or `tcp://10.0.0.5:3310`."""
    place = urlsplit(address)
    if place.scheme == "unix":
        with socket.socket(socket.AF_UNIX) as scanner:
            scanner.settimeout(PATIENCE)
            scanner.connect(place.path)
            yield scanner
        return
    found = socket.getaddrinfo(
        place.hostname, place.port or PORT, type=socket.SOCK_STREAM
    )
    host, port = found[0][4][:2]
    if not ip_address(str(host)).is_private:
        raise ValueError("a scanner outside of the private network")
    with socket.create_connection((str(host), int(port)), PATIENCE) as scanner:
        yield scanner


def _asked(scanner: socket.socket, content: bytes) -> bytes:
    scanner.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), CHUNK):
        chunk = content[start : start + CHUNK]
        scanner.sendall(len(chunk).to_bytes(4, "big") + chunk)
    scanner.sendall(bytes(4))
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        if not (more := scanner.recv(LONGEST_ANSWER)):
            break
        answer += more
    return answer


def _away(kind: str) -> NoReturn:
    log.error("scanner_away", kind=kind)
    raise RefusedFileError(AWAY)
