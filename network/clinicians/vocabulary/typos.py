"""Misspelt words -> words the vocabulary knows, by one or two edits."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from network.clinicians.vocabulary.index import phrases
from network.clinicians.vocabulary.loading import read
from network.clinicians.vocabulary.normalise import Token, fold

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
    ranked = sorted(close, key=lambda each: _rank(word, each, near[each]))
    return tuple(dict.fromkeys(fold(each) for each in ranked))[:3]


def _rank(word: str, each: str, far: int) -> tuple[int, bool, int, str]:
    return far, word[0] != each[0], -known_words()[each], each


@cache
def known_words() -> Mapping[str, int]:
    """Every word of the vocabulary with the number of phrases it stands in."""
    counted = Counter(word for phrase in phrases() for word in phrase.split())
    for irregular, word in read("words")["spellings"].items():
        counted[irregular] += counted[word]
    return counted


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
    """Edits between two words, neighbours swapped counting as one.

    Anything over the limit is limit + 1: only the band that can stay within it is
    computed.
    """
    beyond = limit + 1
    if abs(len(left) - len(right)) > limit:
        return beyond
    earlier: list[int] = []
    row = [min(to, beyond) for to in range(len(right) + 1)]
    for at in range(1, len(left) + 1):
        before, row = row, [beyond] * (len(right) + 1)
        row[0] = min(at, beyond)
        for to in range(max(1, at - limit), min(len(right), at + limit) + 1):
            same = left[at - 1] == right[to - 1]
            row[to] = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (not same))
            if earlier and _swapped(left, right, at, to):
                row[to] = min(row[to], earlier[to - 2] + 1)
        if min(row) > limit:
            return beyond
        earlier = before
    return min(row[-1], beyond)


def _swapped(left: str, right: str, at: int, to: int) -> bool:
    return to > 1 and left[at - 1] == right[to - 2] and left[at - 2] == right[to - 1]
