"""Plain text, which holds nothing but signs that are read."""

import re

from network.privacy.files.kinds import RefusedFileError

UNREAD = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
# A reader of PDF looks for its beginning so far into a file.
BEGINNING = 1024
KINDS = "JPEG, PNG, WebP, PDF or plain text (UTF-8)"


def text_of(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedFileError(f"This is no {KINDS}.") from None
    if UNREAD.search(text) or "%PDF-" in text[:BEGINNING]:
        raise RefusedFileError(f"This is no {KINDS}.")
    return text
