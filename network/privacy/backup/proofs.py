"""What a backup must show, each in one sentence: restored, and looked at."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command

from network.activity.trail import faults as faults_of_the_trail
from network.activity.trail import is_unanchored
from network.privacy.actions import replay_destroyed_keys
from network.privacy.backup import ANCHORS, DUMPS, STONES
from network.privacy.backup.copies import looking_at, restored, told
from network.privacy.backup.manifest import Manifest, hash_of, hashes, read
from network.privacy.backup.rows import tables_of
from network.privacy.keys import new_key
from network.privacy.keystore import tombstones
from network.privacy.keystore.models import WrappedKey
from network.privacy.sealed import Box
from network.privacy.sealed.everything import holdings, look_at_all, opens


class Proof(NamedTuple):
    holds: bool
    sentence: str

    def __str__(self) -> str:
        return f"{'holds' if self.holds else 'FAILS'}: {self.sentence}"


def proofs(directory: Path, keystore: Path) -> Iterator[Proof]:
    """The keystore's dump may lie elsewhere: it is to be kept apart."""
    manifest = read(directory)
    yield _is_whole(manifest, directory, keystore)
    with (
        restored("default", directory / DUMPS["default"]) as words,
        restored("keystore", keystore) as keys,
        restored("keystore", keystore, without_rows=True) as no_keys,
    ):
        with looking_at(default=words, keystore=keys), _stones_of(directory):
            yield _has_the_same_rows(manifest)
            yield _is_brought_up_to_date()
            yield _keeps_its_trail(directory / ANCHORS)
            yield _destroys_again()
            yield _opens()
            yield _stays_shut_without_the_ring()
        with looking_at(default=words, keystore=no_keys):
            yield _stays_shut_without_the_keystore()


def _is_whole(manifest: Manifest, directory: Path, keystore: Path) -> Proof:
    found = hashes(directory)
    if keystore.exists():
        found[DUMPS["keystore"]] = hash_of(keystore)
    changed = [
        name for name, value in manifest.files.items() if found.get(name) != value
    ]
    said = f"{len(manifest.files)} files of {manifest.made_at} are as they were written"
    return _unless(changed, said, "changed or missing")


def _has_the_same_rows(manifest: Manifest) -> Proof:
    """Before anything is brought up to date."""
    found = {alias: tables_of(alias) for alias in DUMPS}
    rows = sum(count for tables in found.values() for count, _ in tables.values())
    changed = [
        f"{alias}:{name}"
        for alias, tables in manifest.tables.items()
        for name, said in tables.items()
        if found[alias].get(name) != tuple(said)
    ]
    tables = sum(map(len, manifest.tables.values()))
    return _unless(changed, f"{rows} rows of {tables} tables are the same", "differ")


def _is_brought_up_to_date() -> Proof:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", "keystore", database="keystore", verbosity=0)
    said = io.StringIO()
    call_command("showmigrations", plan=True, stdout=said)
    waiting = [line for line in said.getvalue().splitlines() if line.startswith("[ ]")]
    return _unless(waiting, "its tables are brought up to this version", "waiting")


def _keeps_its_trail(anchors: Path) -> Proof:
    found = [str(fault) for fault in faults_of_the_trail(anchors)]
    found += ["no anchors"] if is_unanchored(anchors) else []
    return _unless(found, "the audit trail fits its anchors", "faults")


def _destroys_again() -> Proof:
    """What was destroyed before the backup, and what has been since."""
    again = replay_destroyed_keys()
    gone = tombstones.inscribed()
    there = WrappedKey.objects.filter(pk__in=gone).values_list("pk", flat=True)
    said = f"{len(gone)} destroyed keys stay destroyed ({again} had come back)"
    return _unless(list(map(str, there)), said, "are there")


def _opens() -> Proof:
    looks = list(look_at_all())
    opened = sum(look.opened for look in looks)
    destroyed = sum(look.destroyed for look in looks)
    shut = [str(fault) for look in looks for fault in look.faults]
    said = f"{opened} sealed things open with the keys, {destroyed} are destroyed"
    return _unless(shut, said, "do not open")


def _stays_shut_without_the_ring() -> Proof:
    with told("CONSILIUM_KEYS", new_key("stranger")):
        opened = _opened(held.boxes() for held in holdings())
    return _unless(opened, "nothing opens without the ring", "open")


def _stays_shut_without_the_keystore() -> Proof:
    """Of what data keys have sealed, with the ring at hand."""
    opened = _opened(held.boxes() for held in holdings() if not held.reseal)
    return _unless(opened, "no message opens without the keystore", "open")


def _opened(boxes: Iterator[Iterator[Box]]) -> list[str]:
    return [box.row for some in boxes for box in some if opens(box)]


@contextmanager
def _stones_of(directory: Path) -> Iterator[None]:
    """The backup's and today's in a file for a while: the site's own is not touched."""
    with TemporaryDirectory() as place:
        file = Path(place) / STONES
        known = (directory / STONES, Path(settings.DESTROYED_KEYS_PATH))
        lines = [path.read_bytes() for path in known if path.exists()]
        file.write_bytes(b"\n".join(lines))
        with told("DESTROYED_KEYS_PATH", str(file)):
            yield


def _unless(found: list[str], sentence: str, what: str) -> Proof:
    if not found:
        return Proof(True, sentence)
    return Proof(False, f"{sentence}; {len(found)} {what}: {', '.join(found[:5])}")
