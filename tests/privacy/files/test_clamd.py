"""The virus scanner, played by a small server that speaks as ClamAV's daemon does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from network.privacy.files import RefusedFileError, screened
from network.privacy.files.clamd import AWAY, FOUND

VIRUS = b"X5O!P%@AP a made-up virus"


class Clamd(threading.Thread):
    """`received` is what it was given to look through."""

    def __init__(self, listener: socket.socket, answer: bytes | None) -> None:
        super().__init__(daemon=True)
        self.listener, self.answer = listener, answer
        self.received: list[bytes] = []

    def run(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(said.read(4), "big"):
                    content += said.read(size)
                self.received.append(content)
                line.sendall(self._verdict(content))

    def _verdict(self, content: bytes) -> bytes:
        if self.answer is not None:
            return self.answer
        if VIRUS in content:
            return b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
        return b"stream: OK\0"


@contextmanager
def clamd(listener: socket.socket, answer: bytes | None = None) -> Iterator[Clamd]:
    with listener:
        listener.listen()
        running = Clamd(listener, answer)
        running.start()
        yield running
        listener.shutdown(socket.SHUT_RDWR)
    running.join(5)


@pytest.fixture
def scanner(tmp_path: Path, settings: Settings) -> Iterator[Clamd]:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "clamd.ctl"))
    settings.CLAMD = f"unix://{tmp_path}/clamd.ctl"
    with clamd(listener) as running:
        yield running


def test_it_is_given_the_whole_file(scanner: Clamd) -> None:
    long = b"a long text\n" * 60_000
    assert screened(long).content == long
    assert scanner.received == [long]


def test_what_it_finds_is_refused(scanner: Clamd) -> None:
    with pytest.raises(RefusedFileError, match=FOUND):
        screened(b"words, and " + VIRUS)


def test_what_is_refused_anyway_it_is_not_asked_about(scanner: Clamd) -> None:
    with pytest.raises(RefusedFileError):
        screened(b"PK\x03\x04")
    assert scanner.received == []


def test_it_is_reached_over_the_network_too(settings: Settings) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"tcp://localhost:{listener.getsockname()[1]}"
    with clamd(listener), pytest.raises(RefusedFileError, match=FOUND):
        screened(VIRUS)


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: Odd\0", b"\0"]
)
def test_without_an_answer_nothing_is_kept(answer: bytes, settings: Settings) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    with clamd(listener, answer), pytest.raises(RefusedFileError, match=AWAY):
        screened(b"words")


@pytest.mark.parametrize(
    "address",
    [
        "unix:///nowhere/clamd.ctl",
        "tcp://127.0.0.1:1",
        "tcp://8.8.8.8:3310",
        "tcp://clamd.invalid:3310",
        "clamd",
    ],
)
def test_while_it_is_away_nothing_is_kept(address: str, settings: Settings) -> None:
    """Least of all is a file sent out of the private network."""
    settings.CLAMD = address
    with pytest.raises(RefusedFileError, match=AWAY):
        screened(b"words")
