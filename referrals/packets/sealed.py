"""A packet is sealed twice: by the key of its case, and by the key of its client.

When either is destroyed, nobody reads it any more, and no backup does.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar
from uuid import UUID

from messaging.attachments import Label
from network.clients.sealed import scope_of
from network.privacy.data_keys import DataKey, key_for, known_keys
from network.privacy.files import Screened, tidy_name
from network.privacy.keys import Unreadable
from network.privacy.sealed import Box, Holding, in_batches
from network.privacy.sealed.data import keys_that_open
from referrals.models import Packet, PacketFile, PacketVersion, Referral
from referrals.sealed import key_of

Row = TypeVar("Row", PacketVersion, PacketFile)
KeyRing = Mapping[UUID, DataKey]
AT_ONCE, FILES_AT_ONCE = 200, 5


@dataclass(frozen=True)
class Words:
    """Of one version. What the client allowed, and the notice, come when it is sent,
    and stay with it.
    """

    parts: dict[str, str] = field(default_factory=dict, repr=False)
    consents: list[list[str]] = field(default_factory=list, repr=False)
    notice: str = ""


@dataclass(frozen=True)
class Keys:
    case: DataKey
    client: DataKey

    def seal(self, plain: str | bytes, place: str) -> bytes:
        return self.client.seal(self.case.seal(plain, place), place)

    def open(self, box: bytes, place: str) -> bytes:
        return self.case.open(self.client.open(box, place), place)


def keys_for(referral: Referral) -> Keys:
    """May ask the keystore. Its client is locked, and not erased."""
    client = referral.client
    return Keys(key_of(referral), key_for(scope_of(client), client.added_at.date()))


def seal(version: PacketVersion, words: Words, keys: Keys) -> None:
    """Not saved yet."""
    version.key_id, version.client_key_id = keys.case.id, keys.client.id
    version.box = keys.seal(json.dumps(vars(words)), _place(version, "words"))


def box_of(packet: Packet, name: str, file: Screened) -> PacketFile:
    """Not saved yet."""
    keys = keys_for(packet.referral)
    made = PacketFile(packet=packet, kind=file.kind, size=len(file.content))
    made.key_id, made.client_key_id = keys.case.id, keys.client.id
    sha256 = hashlib.sha256(file.content).hexdigest()
    label = Label(tidy_name(name, file.kind), sha256)
    made.label = keys.seal(json.dumps(label), _place(made, "label"))
    made.content = keys.seal(file.content, _place(made, "content"))
    return made


def words_of(version: PacketVersion) -> Words | None:
    """Nothing where a key is gone."""
    return _words(version, known_keys(_ids(version)))


def labels_of(files: Iterable[PacketFile]) -> list[tuple[PacketFile, Label]]:
    """Without those whose key is gone."""
    kept = list(files)
    keys = known_keys(key for one in kept for key in _ids(one))
    named = ((one, _label(one, keys)) for one in kept)
    return [(one, label) for one, label in named if label]


def content_of(file: PacketFile) -> bytes | None:
    return _content(file, known_keys(_ids(file)))


def _words(version: PacketVersion, known: KeyRing) -> Words | None:
    if (keys := _both(version, known)) is None:
        return None
    return Words(**json.loads(keys.open(bytes(version.box), _place(version, "words"))))


def _label(file: PacketFile, known: KeyRing) -> Label | None:
    if (keys := _both(file, known)) is None:
        return None
    return Label(*json.loads(keys.open(bytes(file.label), _place(file, "label"))))


def _content(file: PacketFile, known: KeyRing) -> bytes | None:
    if (keys := _both(file, known)) is None:
        return None
    return keys.open(bytes(file.content), _place(file, "content"))


def _both(row: PacketVersion | PacketFile, known: KeyRing) -> Keys | None:
    case, client = (known.get(key) for key in _ids(row))
    return Keys(case, client) if case and client else None


def _ids(row: PacketVersion | PacketFile) -> tuple[UUID, UUID]:
    return row.key_id, row.client_key_id


def _place(row: PacketVersion | PacketFile, what: str) -> str:
    return f"referrals.packet.{what}:{row.public_id}"


def _held(
    rows: Iterator[list[Row]], opening: Callable[[Row, KeyRing], object]
) -> Iterator[Box]:
    for batch in rows:
        known = keys_that_open(key for row in batch for key in _ids(row))
        for row in batch:
            gone = [key for key in _ids(row) if key not in known]
            key = str(gone[0] if gone else row.key_id)
            yield Box(str(row.pk), key, partial(_open, row, known, opening))


def _open(row: Row, known: KeyRing, opening: Callable[[Row, KeyRing], object]) -> None:
    if opening(row, known) is None:
        raise Unreadable("its key is gone")


def _versions() -> Iterator[Box]:
    return _held(in_batches(PacketVersion.objects.all(), AT_ONCE), _words)


def _labels() -> Iterator[Box]:
    rows = PacketFile.objects.defer("content")
    return _held(in_batches(rows, AT_ONCE), _label)


def _contents() -> Iterator[Box]:
    return _held(in_batches(PacketFile.objects.all(), FILES_AT_ONCE), _content)


KEYS = ("key_id", "client_key_id")
HELD = (
    Holding("referrals_packetversion", ("box", *KEYS), _versions),
    Holding("referrals_packetfile", ("label", *KEYS), _labels),
    Holding("referrals_packetfile", ("content", *KEYS), _contents),
)
