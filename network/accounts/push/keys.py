"""By what this site shows a push service who it is (VAPID), if it may do that."""

import base64
import binascii
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

CURVE = ec.SECP256R1()
KEY_BYTES = 32


def is_offered() -> bool:
    return bool(settings.VAPID_PRIVATE_KEY)


def public_key() -> str:
    """For the browsers; empty where nothing is offered."""
    return public_of(settings.VAPID_PRIVATE_KEY) if is_offered() else ""


@lru_cache(maxsize=4)
def public_of(private: str) -> str:
    point = _key(private).public_key()
    return _text(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def new_key() -> str:
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    return _text(number.to_bytes(KEY_BYTES, "big"))


def _key(private: str) -> ec.EllipticCurvePrivateKey:
    try:
        raw = base64.urlsafe_b64decode(private + "=" * (-len(private) % 4))
        if len(raw) != KEY_BYTES:
            raise ValueError
        return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)
    except (ValueError, binascii.Error):
        raise ImproperlyConfigured(
            "VAPID_PRIVATE_KEY is 32 bytes in base64url: manage.py make_vapid_key "
            "prints one."
        ) from None


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
