"""What a browser says when it lets itself be told: taken apart, and not believed."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from network.accounts.push.services import ClosedAddressError, service_of

AUTH_BYTES = 16


class UnknownBrowserError(Exception):
    """It is no subscription, or one of a service that is not known."""


def read_subscription(words: str) -> dict[str, Any]:
    """Nothing that it says besides, and its keys as they are written here."""
    try:
        said = json.loads(words)
        endpoint, keys = str(said["endpoint"]), said["keys"]
        service_of(endpoint)
        kept = {"p256dh": _point(keys["p256dh"]), "auth": _secret(keys["auth"])}
    except (ValueError, KeyError, TypeError, ClosedAddressError):
        raise UnknownBrowserError from None
    return {"endpoint": endpoint, "keys": kept}


def _point(text: str) -> str:
    """What is no point of the curve would fail whenever there is news."""
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(text))
    return _text(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _secret(text: str) -> str:
    if len(_bytes(text)) != AUTH_BYTES:
        raise ValueError
    return _text(_bytes(text))


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
