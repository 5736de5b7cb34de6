"""Whatever is sent is looked through here before anything of it is kept."""

from collections.abc import Collection
from dataclasses import dataclass, field

from network.privacy.files import clamd
from network.privacy.files.kinds import (
    Kind,
    RefusedFileError,
    TooLargeError,
    kind_of,
)
from network.privacy.files.pdfs import look_into
from network.privacy.files.pictures import redrawn
from network.privacy.files.texts import text_of

MB = 1024 * 1024
LARGEST = 10 * MB


@dataclass(frozen=True)
class Screened:
    """What may be kept of it; `text` is what a plain text says."""

    kind: Kind
    content: bytes = field(repr=False)
    text: str = field(default="", repr=False)


def screened(
    content: bytes, *, largest: int = LARGEST, of: Collection[Kind] = frozenset(Kind)
) -> Screened:
    """Raises RefusedFileError, in words for whoever sent it. May ask a scanner."""
    if not content:
        raise RefusedFileError("This file is empty.")
    _fit(content, largest)
    kind = kind_of(content)
    if kind not in of:
        raise RefusedFileError(f"This is no {_listed(of)}.")
    clamd.scan(content)
    found = _read(kind, content)
    _fit(found.content, largest)
    return found


def _read(kind: Kind, content: bytes) -> Screened:
    if kind == Kind.TEXT:
        return Screened(kind, content, text_of(content))
    if kind == Kind.PDF:
        look_into(content)
        return Screened(kind, content)
    return Screened(kind, redrawn(content, kind))


def _fit(content: bytes, largest: int) -> None:
    """A picture may grow where it is drawn anew."""
    if len(content) > largest:
        raise TooLargeError(f"This file is larger than {largest // MB} MB.")


def _listed(kinds: Collection[Kind]) -> str:
    *others, last = [kind.upper() for kind in Kind if kind in kinds]
    return f"{', '.join(others)} or {last}" if others else last
