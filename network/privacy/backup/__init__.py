"""A copy of all there is, and the proof that it can be lived from.

database.dump         the words, sealed; everything but the keys
keystore.dump         the data keys, wrapped: kept apart, and for seven days
destroyed-keys.jsonl  which of them are destroyed
anchors/              what the audit trail is held to
manifest.json         written last: what belongs to it, and what is in it
"""

from pathlib import Path

DUMPS = {"default": "database.dump", "keystore": "keystore.dump"}
STONES = "destroyed-keys.jsonl"
ANCHORS = "anchors"
MANIFEST = "manifest.json"


class BackupError(Exception):
    """A sentence for whoever runs it."""


def files_in(directory: Path) -> list[Path]:
    """All but the manifest, which names them."""
    found = (path for path in directory.rglob("*") if path.is_file())
    return sorted(path for path in found if path.name != MANIFEST)
