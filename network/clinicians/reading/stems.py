"""What the suggestions look at: stems of words, alone and in pairs."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from network.clinicians.reading.words import SIGNS


def features(plain: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Each stem and each pair of neighbours, with the words it stands for."""
    before = ""
    for index, word in enumerate(plain):
        if word in SIGNS:
            before = ""
            continue
        here = stem(word)
        yield here, index, index + 1
        if before:
            yield f"{before} {here}", index - 1, index + 1
        before = here


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """ "cheating" and "cheated" as one; crude, and the same for both sides."""
    if len(word) > 5:
        for ending, instead in (("ing", ""), ("ied", "y"), ("ed", ""), ("ly", "")):
            if word.endswith(ending):
                word = word.removesuffix(ending) + instead
                break
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word
