"""The keys of one scope and month: what they seal dies with them.

They are kept in the keystore, a database of its own, wrapped by the ring of the
environment. A process remembers a key for half a minute at most: so long may it
read what another one has destroyed.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from time import monotonic
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connections

from network.privacy.keys import KEY_BYTES, NONCE_BYTES, Unreadable
from network.privacy.keystore.actions import find_or_make_key
from network.privacy.keystore.models import WrappedKey
from network.privacy.keystore.router import KEYSTORE
from network.privacy.recent import Recent

REMEMBERED, SECONDS = 16_384, 30.0
BLOCK = 64  # bytes, of SHA-256
# Every byte as an HMAC mixes it into its inner hash, and into its outer one.
PADS = [bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C)]


@dataclass(frozen=True)
class DataKey:
    id: UUID
    scope: str
    secret: bytes = field(repr=False)

    def seal(self, text: str | bytes, place: str) -> bytes:
        """Nonce and ciphertext, bound to the place and to this key's id."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        plain = text.encode() if isinstance(text, str) else text
        return nonce + self._cipher.encrypt(nonce, plain, self._bound(place))

    def open(self, box: bytes, place: str) -> bytes:
        nonce, sealed = box[:NONCE_BYTES], box[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, sealed, self._bound(place))
        except (ValueError, InvalidTag):
            # Neither the text nor the key may reach a log by way of the cause.
            raise Unreadable(f"{place} cannot be read") from None

    def blind(self, words: Iterable[str]) -> list[int]:
        """For each word a number (of HMAC-SHA256 the first 64 bits): always the same
        by this key, by no other, and no way back to the word.
        """
        return [self._blinded(word.encode()) for word in words]

    def _blinded(self, word: bytes) -> int:
        inner, outer = (half.copy() for half in self._halves)
        inner.update(word)
        outer.update(inner.digest())
        return int.from_bytes(outer.digest()[:8], "big", signed=True)

    def derived(self, purpose: str) -> bytes:
        """For one purpose only; it dies with this key."""
        info = f"consilium data key v1 {purpose}".encode()
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self.secret)

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.derived("bodies"))

    @cached_property
    def _halves(self) -> tuple[Any, Any]:
        """The two hashes of an HMAC, begun: it takes a third of the time thereafter."""
        padded = self.derived("search").ljust(BLOCK, b"\0")
        inner, outer = (padded.translate(pad) for pad in PADS)
        return hashlib.sha256(inner), hashlib.sha256(outer)

    def _bound(self, place: str) -> bytes:
        return f"{place}:{self.id}".encode()


_by_id: Recent[UUID, DataKey] = Recent(REMEMBERED, SECONDS)
_by_month: Recent[tuple[str, date], DataKey] = Recent(REMEMBERED, SECONDS)


def key_for(scope: str, month: date) -> DataKey:
    """Made when missing, whatever becomes of the transaction around it."""
    first = month.replace(day=1)
    if known := held_key(scope, first):
        return known
    since = monotonic()
    with _keystore():
        key = _opened(find_or_make_key(scope, first), since)
    _by_month.put((scope, first), key, since)
    return key


def held_key(scope: str, month: date) -> DataKey | None:
    """What this process remembers; no database is asked."""
    return _by_month.get((scope, month.replace(day=1)))


def held_keys(ids: Iterable[UUID]) -> dict[UUID, DataKey]:
    """What this process remembers of them; no database is asked."""
    return {key.id: key for key in map(_by_id.get, set(ids)) if key}


def known_keys(ids: Iterable[UUID]) -> dict[UUID, DataKey]:
    """Those that still exist."""
    wanted = set(ids)
    known = {key.id: key for key in map(_by_id.get, wanted) if key}
    if missing := wanted - known.keys():
        since = monotonic()
        with _keystore():
            rows = WrappedKey.objects.filter(pk__in=missing)
            known |= {row.id: _opened(row, since) for row in rows}
    return known


def keys_before(scope: str, month: date) -> set[UUID]:
    """The ids of those of older months that still exist."""
    with _keystore():
        rows = WrappedKey.objects.filter(scope=scope, month__lt=month.replace(day=1))
        return set(rows.values_list("pk", flat=True))


def keys_of_scopes(
    scopes: Iterable[str], since: date, most: int
) -> list[tuple[date, DataKey]]:
    """Those that still exist with their months, the newest first; asks once."""
    asked_at = monotonic()
    with _keystore():
        rows = WrappedKey.objects.filter(scope__in=list(scopes), month__gte=since)
        found = list(rows.order_by("-month", "scope")[:most])
    return [(row.month, _by_id.get(row.id) or _opened(row, asked_at)) for row in found]


def refresh(ids: Iterable[UUID]) -> None:
    """Asks anew for those in use: so whoever uses them need not wait for it."""
    wanted, since = set(ids), monotonic()
    with _keystore():
        rows = list(WrappedKey.objects.filter(pk__in=wanted))
    forget(wanted - {row.id for row in rows})
    for row in rows:
        _by_month.put((row.scope, row.month), _opened(row, since), since)


def forget(ids: Iterable[UUID]) -> None:
    """This process reads by them no more, from now on."""
    gone = frozenset(ids)
    for memory in (_by_id, _by_month):
        memory.forget(lambda key: key.id in gone)


def forget_all() -> None:
    for memory in (_by_id, _by_month):
        memory.forget(lambda _: True)


def _opened(row: WrappedKey, since: float) -> DataKey:
    key = DataKey(row.id, row.scope, row.secret())
    _by_id.put(key.id, key, since)
    return key


@contextmanager
def _keystore() -> Iterator[None]:
    """No thread keeps a connection to it: it is asked seldom, and by many."""
    try:
        yield
    finally:
        connection = connections[KEYSTORE]
        if not connection.in_atomic_block:
            connection.close()
