"""A push service on this machine, by https, and a browser that reads its pushes."""

import base64
import json
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID
from django.utils import timezone


@dataclass
class Push:
    """What a push service sees: an address, some headers, and what it cannot read."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    port: int
    pushes: list[Push] = field(default_factory=list)
    status: int = 201

    @property
    def place(self) -> str:
        return f"localhost:{self.port}"


@dataclass
class Device:
    """A browser's own half: the endpoint it was given, and the keys to read by."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def details(self) -> dict[str, Any]:
        point = self.key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": _text(point), "auth": _text(self.secret)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def reads(self, push: Push) -> Any:
        said = http_ece.decrypt(
            push.body, private_key=self.key, auth_secret=self.secret
        )
        return json.loads(said)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def push_service(directory: Path) -> Iterator[tuple[PushService, Path]]:
    """And the file by which whoever calls it knows it again."""
    certificate = _certificate(directory)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    service = PushService(server.server_address[1])
    server.RequestHandlerClass = _handler(service)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service, certificate
    finally:
        server.shutdown()
        server.server_close()


def _handler(service: PushService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.pushes.append(Push(self.path, dict(self.headers), body))
            self.send_response(service.status)
            if 300 <= service.status < 400:
                self.send_header("Location", f"https://{service.place}/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is said aloud."""

    return Handler


def _certificate(directory: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = timezone.now()
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = directory / "push-service.pem"
    path.write_bytes(pem + signed.public_bytes(Encoding.PEM))
    return path
