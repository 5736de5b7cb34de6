"""What a file is, by how it begins: the name and the type it came with say nothing.

Five kinds are kept. Of the others those that are often sent are known by name, so that
whoever sends one learns what to do instead.
"""

import re
from enum import StrEnum


class RefusedFileError(Exception):
    """In words for whoever sent it."""


class TooLargeError(RefusedFileError):
    """There is more of it than is kept."""


class Kind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    TEXT = "text"

    @property
    def is_picture(self) -> bool:
        return self in PICTURES

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]

    @property
    def endings(self) -> tuple[str, ...]:
        return ENDINGS[self]


PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
MEDIA_TYPES = {
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.PDF: "application/pdf",
    Kind.TEXT: "text/plain; charset=utf-8",
}
ENDINGS = {
    Kind.JPEG: (".jpg", ".jpeg"),
    Kind.PNG: (".png",),
    Kind.WEBP: (".webp",),
    Kind.PDF: (".pdf",),
    Kind.TEXT: (".txt", ".md", ".csv"),
}
KEPT = {
    Kind.JPEG: re.compile(rb"\xff\xd8\xff"),
    Kind.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    Kind.WEBP: re.compile(rb"RIFF....WEBP", re.DOTALL),
    Kind.PDF: re.compile(rb"%PDF-[12]\.\d"),
}
TO_PDF = "save it as PDF, and attach that."
TO_PICTURE = "save it as JPEG or PNG, and attach that."
# What a page or a drawing in markup begins with, after a mark of its encoding.
MARKUP = rb"(\xef\xbb\xbf)?\s*(<\?xml|<!--|<!doctype|<(html|head|body|script|svg)\b)"
REFUSED = (
    (rb"PK[\x03\x05]", f"This is an office document or an archive: {TO_PDF}"),
    (rb"\xd0\xcf\x11\xe0", f"This is an office document: {TO_PDF}"),
    (rb"\{\\rtf", f"This is an office document: {TO_PDF}"),
    (MARKUP, f"This is a web page or a drawing (SVG), which can run: {TO_PDF}"),
    (rb"%!PS", f"This is PostScript, which can run: {TO_PDF}"),
    (rb"GIF8|BM|II\*\0|MM\0\*", f"This picture is of a kind not kept: {TO_PICTURE}"),
    (rb"....ftyp(hei|hev|mif|avi)", f"This picture is a HEIC or AVIF: {TO_PICTURE}"),
    (rb"....ftyp|ID3|OggS|\x1aE\xdf\xa3", "Recordings and films are not kept here."),
    (rb"RIFF....(WAVE|AVI )", "Recordings and films are not kept here."),
)
SIGNS = [
    (re.compile(sign, re.DOTALL | re.IGNORECASE), words) for sign, words in REFUSED
]


def kind_of(content: bytes) -> Kind:
    """Plain text is what is nothing else: whether it is, its reader says."""
    for kind, sign in KEPT.items():
        if sign.match(content):
            return kind
    for sign, words in SIGNS:
        if sign.match(content):
            raise RefusedFileError(words)
    return Kind.TEXT
