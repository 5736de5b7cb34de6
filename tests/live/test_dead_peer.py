"""A client whose machine has gone answers no ping, and is not kept."""

import socket
import time
from pathlib import Path

import pytest

from config.dev import SERVER
from network.clinicians.models import Clinician
from tests.live.web import cookie_of, in_its_own

pytestmark = pytest.mark.django_db(transaction=True)
HANDSHAKE = """GET /live/ HTTP/1.1
Host: localhost:{port}
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Version: 13
Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
Sec-WebSocket-Protocol: consilium.v1
Origin: https://localhost:{port}
X-Forwarded-Proto: https
Cookie: {cookie}

"""


def test_who_answers_no_ping_is_dropped(tmp_path: Path, ana: Clinician) -> None:
    quick = ("--ws-ping-interval=0.5", "--ws-ping-timeout=0.5")
    with in_its_own(tmp_path / "web.log", *quick) as web:
        asked = HANDSHAKE.format(port=web.port, cookie=cookie_of(ana)["Cookie"])
        with socket.create_connection(("localhost", web.port), 10) as silent:
            silent.sendall(asked.replace("\n", "\r\n").encode())
            began, said = time.monotonic(), b""
            while part := silent.recv(4096):
                said += part

    assert b" 101 " in said
    assert b"server: " not in said.lower()
    assert b'"hello"' in said
    assert time.monotonic() - began < 5


def test_as_it_is_served_that_takes_less_than_a_minute() -> None:
    said = {name: value for name, _, value in (o.partition("=") for o in SERVER)}

    assert float(said["--ws-ping-interval"]) + float(said["--ws-ping-timeout"]) < 60
