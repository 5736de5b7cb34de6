"""Whole names within an edit or two of what was typed, spaces aside."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from functools import cache

from network.clinicians.vocabulary.index import phrases
from network.clinicians.vocabulary.typos import distance

SHORTEST, LONG = 5, 6
LONGEST = 60
BROKEN_BY_AN_EDIT = 4
COMMON = 500
MOST_COMPARED = 25


def near_phrases(typed: str, list: str) -> Iterator[tuple[str, int]]:
    """The nearest names of one list, all at the same distance, in their order."""
    squashed = typed.replace(" ", "")
    limit = _limit(squashed)
    if is_spelt_well(typed, list):
        limit = min(limit, 1)
    nearest = limit
    far: dict[str, int] = {}
    for phrase in _alike(squashed, list, limit):
        far[phrase] = distance(squashed, phrase.replace(" ", ""), nearest)
        nearest = min(nearest, far[phrase])
    yield from ((phrase, d) for phrase, d in far.items() if d == nearest)


def is_spelt_well(typed: str, list: str) -> bool:
    """Every word is one of the list's, so that a misspelling is unlikely."""
    return _words(list).issuperset(typed.split())


def _limit(squashed: str) -> int:
    if len(squashed) > LONGEST or not squashed.isalpha():
        return 0
    return (len(squashed) >= SHORTEST) + (len(squashed) >= LONG)


def _alike(squashed: str, list: str, limit: int) -> Iterator[str]:
    """Names nearly as long that share all but the pieces which edits can break."""
    pieces = _trigrams(squashed) & _by_trigram(list).keys() if limit else set()
    shared: Counter[str] = Counter()
    for each in pieces:
        shared.update(_by_trigram(list)[each])
    least = len(pieces) - BROKEN_BY_AN_EDIT * limit
    long_as = (len(squashed) - limit, len(squashed) + limit)
    alike = [
        phrase
        for phrase, count in shared.items()
        if count >= least
        and long_as[0] <= len(phrase) - phrase.count(" ") <= long_as[1]
    ]
    yield from sorted(alike, key=lambda each: -shared[each])[:MOST_COMPARED]


def _trigrams(squashed: str) -> set[str]:
    padded = f"  {squashed} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


@cache
def _words(list: str) -> frozenset[str]:
    return frozenset(word for phrase in _names(list) for word in phrase.split())


@cache
def _by_trigram(list: str) -> Mapping[str, tuple[str, ...]]:
    """Trigram -> names; those that stand in hundreds tell nothing apart."""
    index: defaultdict[str, deque[str]] = defaultdict(deque)
    for phrase in _names(list):
        for each in _trigrams(phrase.replace(" ", "")):
            index[each].append(phrase)
    return {key: tuple(found) for key, found in index.items() if len(found) < COMMON}


@cache
def _names(list: str) -> tuple[str, ...]:
    every = phrases().items()
    return tuple(
        phrase for phrase, found in every if any(m.list == list for m in found)
    )
