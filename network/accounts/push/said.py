"""What a browser says when it lets itself be told: taken apart, and not believed."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from network.accounts.push.services import ClosedAddressError, service_of

AUTH_BYTES = 16


class UnknownBrowserError(Exception):
    """It is no subscription, or one of a service that is not known."""


def read_subscription(words: str) -> dict[str, Any]:
    """Nothing that it says besides."""
    try:
        said = json.loads(words)
        endpoint, keys = str(said["endpoint"]), said["keys"]
        service_of(endpoint)
        _check(str(keys["p256dh"]), str(keys["auth"]))
    except (ValueError, KeyError, TypeError, ClosedAddressError):
        raise UnknownBrowserError from None
    kept = {"p256dh": keys["p256dh"], "auth": keys["auth"]}
    return {"endpoint": endpoint, "keys": kept}


def _check(p256dh: str, auth: str) -> None:
    """What is no point of the curve would fail whenever there is news."""
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
    if len(_bytes(auth)) != AUTH_BYTES:
        raise ValueError


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
