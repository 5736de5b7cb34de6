"""A PDF is kept as it is, if it only shows pages.

What runs, fetches, or carries other files is refused where it can be seen: in the open,
and in the streams that hold objects. A file that is made to hide it may still do so:
no file is ever shown by this site, only handed out to be saved.
"""

import re
import zlib
from collections.abc import Iterator

from network.privacy.files.kinds import RefusedFileError

AGAIN = "Print it to a new PDF, and attach that."
LOCKED = f"This PDF is encrypted, so nobody can look into it first. {AGAIN}"
ACTIVE = f"This PDF can run something, or carries other files. {AGAIN}"
DAMAGED = f"This PDF does not end as a PDF does. {AGAIN}"
CROWDED = f"This PDF is packed in a way that cannot be looked into. {AGAIN}"

NAME_ENDS = rb"(?=[\s/<>\[\](){}%]|$)"
RUNS = rb"JavaScript|Launch|RichMedia|XFA|SubmitForm|ImportData|EmbeddedFiles?|GoToE"
ACTS = re.compile(rb"/(" + RUNS + rb")" + NAME_ENDS)
LOCKS = re.compile(rb"/Encrypt" + NAME_ENDS)
PACKS = re.compile(rb"/ObjStm" + NAME_ENDS)
# A sign of a name may be written by its number.
NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"/ObjStm\b(?:(?!/ObjStm\b).){0,500}?\bstream\r?\n", re.DOTALL)
END_OF_ZIP, TAIL = b"PK\x05\x06", 70_000
MOST_UNPACKED = 32 * 1024 * 1024


def look_into(content: bytes) -> None:
    """Raises what is said to whoever sent it."""
    if not content.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"):
        raise RefusedFileError(DAMAGED)
    if END_OF_ZIP in content[-TAIL:]:
        raise RefusedFileError(DAMAGED)
    plain = NUMBERED.sub(_sign, content)
    if LOCKS.search(plain):
        raise RefusedFileError(LOCKED)
    inner = list(_unpacked(content))
    if len(inner) != len(PACKS.findall(plain)):  # one of them could not be found
        raise RefusedFileError(CROWDED)
    if any(ACTS.search(part) for part in (plain, *inner)):
        raise RefusedFileError(ACTIVE)


def _sign(match: re.Match[bytes]) -> bytes:
    return bytes.fromhex(match[1].decode())


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What stands in the streams of objects, which hold no pages' words. Each byte is
    gone through once: of streams that run into each other nobody can say so.
    """
    left, end = MOST_UNPACKED, 0
    while found := PACKED.search(content, end):
        if (end := content.find(b"endstream", found.end())) < 0:
            raise RefusedFileError(CROWDED)
        objects = _inflated(content[found.end() : end], left)
        left -= len(objects)
        yield NUMBERED.sub(_sign, objects)


def _inflated(packed: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        objects = unpacking.decompress(packed, max(most, 1))
    except zlib.error:
        raise RefusedFileError(CROWDED) from None
    if unpacking.unconsumed_tail or unpacking.unused_data.strip():
        raise RefusedFileError(CROWDED)
    return objects
