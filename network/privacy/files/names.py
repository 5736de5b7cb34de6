"""What a file is called: the name it came with, made harmless."""

import unicodedata

from network.privacy.files.kinds import Kind

LONGEST = 120


def tidy_name(name: str, kind: Kind) -> str:
    """Without folders and signs that nobody sees; its ending says what it is."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    tidy = " ".join(seen.split()).strip(". ") or "file"
    ending = next((end for end in kind.endings if tidy.lower().endswith(end)), None)
    stem = tidy[: -len(ending)] if ending else tidy
    return stem[:LONGEST].rstrip(". ") + (ending or kind.endings[0])
