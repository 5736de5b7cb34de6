"""The key ring of the environment: the first key encrypts, all of them decrypt.

A sealed text is "v1:kid:" and the base64 of nonce and ciphertext (AES-256-GCM).
What it belongs to (table, column, row) and the key's id are bound to it: moved
elsewhere it does not open.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from network.privacy.made_once import kept

VERSION = "v1"
KEY_BYTES = 32
NONCE_BYTES = 12


class Unreadable(Exception):  # noqa: N818 said of a text
    """Tampered with, moved from another row, or sealed by a key that is gone."""


@dataclass(frozen=True)
class Key:
    id: str
    master: bytes

    @cached_property
    def cipher(self) -> AESGCM:
        return AESGCM(self.derived("fields"))

    def derived(self, purpose: str) -> bytes:
        """A key for one purpose only; knowing it tells nothing of the others."""
        info = f"consilium {VERSION} {purpose}".encode()
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self.master)


class KeyRing:
    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self.keys = {kid: Key(kid, master) for kid, master in keys.items()}
        self.primary = next(iter(self.keys.values()))

    @property
    def prefix(self) -> str:
        """What every text sealed by today's key begins with."""
        return f"{VERSION}:{self.primary.id}:"

    def seal(self, text: str, place: str) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        bound = (self.prefix + place).encode()
        box = self.primary.cipher.encrypt(nonce, text.encode(), bound)
        return self.prefix + base64.b64encode(nonce + box).decode()

    def open(self, sealed: str, place: str) -> str:
        try:
            version, kid, encoded = sealed.split(":")
            box = base64.b64decode(encoded, validate=True)
            bound = f"{version}:{kid}:{place}".encode()
            cipher = self.keys[kid].cipher
            return cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound).decode()
        except (ValueError, KeyError, InvalidTag):
            # Neither the text nor the key may reach a log by way of the cause.
            raise Unreadable(f"{place} cannot be read") from None

    def keyed_hash(self, text: str, purpose: str) -> str:
        """The same for the same text, and no use to whoever lacks the key."""
        return _mac(self.primary, text, purpose)

    def keyed_hashes(self, text: str, purpose: str) -> list[str]:
        """By every key of the ring: one of them was the first when it was kept."""
        return [_mac(key, text, purpose) for key in self.keys.values()]

    def matches(self, text: str, purpose: str, keyed: str) -> bool:
        key = self.keys.get(keyed.partition(":")[0])
        return key is not None and hmac.compare_digest(_mac(key, text, purpose), keyed)


def _mac(key: Key, text: str, purpose: str) -> str:
    secret = key.derived(f"hash {purpose}")
    return f"{key.id}:{hmac.digest(secret, text.encode(), hashlib.sha256).hex()}"


def ring() -> KeyRing:
    """Of CONSILIUM_KEYS, or of a file with one key that is made when missing."""
    return _parsed(settings.CONSILIUM_KEYS or _kept(settings.KEYS_PATH))


@cache
def _kept(path: Path) -> str:
    """Read once: with another ring everything is started anew."""
    return kept(path, lambda: new_key("local"))


@lru_cache(maxsize=4)
def _parsed(words: str) -> KeyRing:
    try:
        pairs = [word.strip().split(":") for word in words.split(",") if word.strip()]
        keys = {kid: base64.b64decode(key, validate=True) for kid, key in pairs}
    except (ValueError, binascii.Error):
        keys = {}
    good = all(kid and len(key) == KEY_BYTES for kid, key in keys.items())
    if not keys or not good:
        raise ImproperlyConfigured(
            "CONSILIUM_KEYS is a list of id:key, separated by commas; a key is 32 "
            "random bytes in base64 (manage.py keys add prints one)."
        )
    return KeyRing(keys)


def new_key(kid: str) -> str:
    return f"{kid}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"
