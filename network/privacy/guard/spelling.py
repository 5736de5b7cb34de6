"""Words without accents and endings, so that lists can be short."""

import unicodedata
from collections.abc import Iterator

LETTERS = str.maketrans({
    "đ": "d", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe",
    "ı": "i", "þ": "th", "ə": "a", "’": "'", "ʻ": "'", "‘": "'",
})  # fmt: skip
ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"),
    ("d", ""), ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"),
    ("r", ""), ("est", ""), ("ness", ""), ("'s", ""), ("n't", ""),
)  # fmt: skip
SHORTEST = 3


def words_in(text: str) -> frozenset[str]:
    return frozenset(text.split())


def folded(text: str) -> str:
    """In small letters without accents: "Đặng" becomes "dang"."""
    low = text.lower()
    if low.isascii():
        return low
    parts = unicodedata.normalize("NFKD", low.translate(LETTERS))
    return "".join(each for each in parts if not unicodedata.combining(each))


def stems(low: str) -> Iterator[str]:
    """What it may be a form of, twice over: "feelings", "feeling", "feel"."""
    for stem in shorter(low):
        yield stem
        yield from shorter(stem)


def shorter(low: str) -> Iterator[str]:
    for ending, instead in ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= SHORTEST:
            yield low[: -len(ending)] + instead
