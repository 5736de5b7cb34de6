"""Last names as people write them: "O'Connell", "oconnell", "De la Cruz"."""

import re
import unicodedata

APART = re.compile(r"[\s-]+")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd"})


def is_last_name(typed: str, name: str) -> bool:
    """Whether a whole name ends so; the first name alone is no last name."""
    last, whole = _words(typed), _words(name)
    return 0 < len(last) < len(whole) and whole[-len(last) :] == last


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text.casefold())
    words = ["".join(filter(str.isalpha, word)) for word in APART.split(bare)]
    return [word for word in words if word and word not in SUFFIXES]
