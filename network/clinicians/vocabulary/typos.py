"""Misspelt words -> words the vocabulary knows, by one or two edits."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from network.clinicians.vocabulary.index import phrases
from network.clinicians.vocabulary.normalise import Token

SHORTEST = 5
LONG = 9


def respelt(words: Sequence[Token]) -> list[Token]:
    """The words with each unknown one replaced by the likeliest known one."""
    return [_respelt(token) for token in words]


def _respelt(token: Token) -> Token:
    likely = corrected(token.word)
    return token._replace(word=likely[0]) if likely else token


@lru_cache(maxsize=20_000)
def corrected(word: str) -> tuple[str, ...]:
    """Known words within one edit (two when long), the likeliest first."""
    if word in known_words() or len(word) < SHORTEST or not word.isalpha():
        return ()
    limit = 2 if len(word) >= LONG else 1
    near = {each: distance(word, each, limit) for each in _candidates(word)}
    close = [each for each, far in near.items() if far <= limit]
    return tuple(sorted(close, key=lambda each: _rank(word, each, near[each])))[:3]


def _rank(word: str, each: str, far: int) -> tuple[int, bool, int, str]:
    return far, word[0] != each[0], -known_words()[each], each


@cache
def known_words() -> Mapping[str, int]:
    """Every word of the vocabulary with the number of phrases it stands in."""
    return Counter(word for phrase in phrases() for word in phrase.split())


def _candidates(word: str) -> Iterable[str]:
    found: set[str] = set()
    for key in _deletions(word):
        found.update(_by_deletion().get(key, ()))
    return found


@cache
def _by_deletion() -> Mapping[str, tuple[str, ...]]:
    """Words of four letters and more by themselves with one or no letter left out."""
    index: dict[str, list[str]] = defaultdict(list)
    for word in known_words():
        if len(word) >= SHORTEST - 1 and word.isalpha():
            for key in _deletions(word):
                index[key].append(word)
    return {key: tuple(words) for key, words in index.items()}


def _deletions(word: str) -> Iterator[str]:
    yield word
    yield from {word[:at] + word[at + 1 :] for at in range(len(word))}


def distance(left: str, right: str, limit: int) -> int:
    """Edits between two words, neighbours swapped counting as one; stops at limit."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before, row = list(range(len(right) + 1)), list(range(len(right) + 1))
    for at, letter in enumerate(left, 1):
        earlier, before, row = before, row, [at]
        for to, other in enumerate(right, 1):
            row.append(
                min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != other))
            )
            if at > 1 and to > 1 and letter == right[to - 2] and left[at - 2] == other:
                row[to] = min(row[to], earlier[to - 2] + 1)
    return row[-1]
