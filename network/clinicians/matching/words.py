"""How text becomes words that can be compared: no case, no accents."""

import re
import unicodedata

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The distinct words of a text, in order."""
    if text.isascii():
        return list(dict.fromkeys(_WORD.findall(text.lower())))
    bare = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in bare if not unicodedata.combining(char))
    return list(dict.fromkeys(_WORD.findall(plain)))
