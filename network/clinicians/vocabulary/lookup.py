"""The ways a form can name a term: by name, by core, by a phrase in it, by words."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from network.clinicians.vocabulary.ambiguities import (
    Ambiguity,
    AmbiguousChoice,
    ambiguities,
)
from network.clinicians.vocabulary.index import (
    Meaning,
    as_a_word,
    needs_capitals,
    phrases,
)
from network.clinicians.vocabulary.loading import read
from network.clinicians.vocabulary.normalise import Token

LONGEST_PHRASE: Final = 9
ASKED, DECIDED, REORDERED = 0.5, 0.88, 0.88
LEAST_LIKENESS: Final = 0.5
SURE: Final = 0.68
ENDING: Final = re.compile(
    r"(?:hood|ship|ations?|ative|ional|izing|ized|ments?|ness|ically|ities|ity|ings?|ives?|ers?"
    r"|ed|al|ic|ist|ly|ous|ancy|ance|y|e)$"
)


@dataclass(slots=True)
class Found:
    """What has been found so far, in the lists that were asked for."""

    text: str
    lists: tuple[str, ...]
    certainties: dict[tuple[str, str], float] = field(default_factory=dict)
    ask: bool = False

    def add(self, meanings: Iterable[Meaning], certainty: float) -> bool:
        mine = [each[:2] for each in meanings if each.list in self.lists]
        for key in mine:
            self.certainties[key] = max(certainty, self.certainties.get(key, 0.0))
        return bool(mine)

    @property
    def any(self) -> bool:
        return bool(self.certainties) or self.ask

    @property
    def sure(self) -> bool:
        return self.ask or max(self.certainties.values(), default=0.0) >= SURE

    def typed(self, words: Sequence[Token]) -> str:
        return self.text[words[0].start : words[-1].end]

    def knows(self, meanings: Iterable[Meaning]) -> bool:
        return any(each.list in self.lists for each in meanings)


def by_name(
    found: Found, words: Sequence[Token], *, context: Sequence[Token], certainty: float
) -> None:
    """The whole of the words is a name, spaces and hyphens aside."""
    phrase = " ".join(token.word for token in words)
    if _is_common_word(found, phrase, words):
        found.add(as_a_word(phrase), certainty)
    elif phrase in ambiguities():
        _ambiguous(found, phrase, context, certainty)
    elif not found.add(phrases().get(phrase, ()), certainty):
        found.add(_squashed().get(phrase.replace(" ", ""), ()), certainty)


def by_core(found: Found, words: Sequence[Token], *, certainty: float) -> None:
    """ "Certified Imago therapist" and "Imago therapy" have the same core."""
    key = core(token.word for token in words)
    if key:
        found.add(_cores().get(key, ()), certainty)


def contained(found: Found, words: Sequence[Token], *, at_most: float = 1.0) -> None:
    """The names that stand in the text, the longest first, none overlapping."""
    spans = list(_spans(found, words))
    covered = sum(_weight(words[at].word) for span in spans for at in span.reach)
    total = sum(_weight(token.word) for token in words) or 1.0
    for span in spans:
        certainty = 0.56 + 0.25 * covered / total + 0.01 * len(span.reach)
        certainty += 0.01 * _specificity(span.phrase)
        if _is_common_word(found, span.phrase, _within(words, span)):
            found.add(as_a_word(span.phrase), min(certainty, at_most))
        elif span.phrase in ambiguities():
            _ambiguous(found, span.phrase, words, certainty)
        else:
            found.add(phrases()[span.phrase], min(certainty, at_most))


def by_words(found: Found, words: Sequence[Token]) -> None:
    """The last resort: names that share most of the form's words, in any order."""
    stems = _stems(token.word for token in words)
    asked = sum(_rarity(each) for each in stems)
    shared: dict[str, float] = defaultdict(float)
    for each in stems:
        for phrase in _by_stem().get(each, ()):
            shared[phrase] += _rarity(each)
    for phrase, weight in shared.items():
        likeness = 2 * weight / (asked + _stem_weight(phrase))
        if likeness >= LEAST_LIKENESS:
            found.add(phrases()[phrase], REORDERED * likeness)


def core(words: Iterable[str], *, strict: bool = False) -> str:
    """The words that say something; all of them when none does, unless strict."""
    every = list(words)
    kept = [word for word in every if word not in _filling()]
    return " ".join(kept or ([] if strict else every))


def stem(word: str) -> str:
    shorter = ENDING.sub("", word)
    return shorter if len(shorter) >= 4 else word


class Span(NamedTuple):
    phrase: str
    reach: range


def _spans(found: Found, words: Sequence[Token]) -> Iterator[Span]:
    taken: set[int] = set()
    for span in _candidates(words):
        if not taken.intersection(span.reach) and _counts(found, span, words):
            taken.update(span.reach)
            yield span


def _candidates(words: Sequence[Token]) -> Iterator[Span]:
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(token.word for token in words[start : start + length])
            if phrase in phrases() or phrase in ambiguities():
                yield Span(phrase, range(start, start + length))


def _counts(found: Found, span: Span, words: Sequence[Token]) -> bool:
    typed = _within(words, span)
    if needs_capitals(span.phrase) and not found.typed(typed).isupper():
        return _is_common_word(found, span.phrase, typed)
    return span.phrase in ambiguities() or found.knows(phrases()[span.phrase])


def _is_common_word(found: Found, phrase: str, words: Sequence[Token]) -> bool:
    """Written small, and a name of its own as a word: "sad", not "SAD"."""
    if not needs_capitals(phrase) or found.typed(words).isupper():
        return False
    return found.knows(as_a_word(phrase))


def _within(words: Sequence[Token], span: Span) -> Sequence[Token]:
    return words[span.reach[0] : span.reach[-1] + 1]


def _ambiguous(
    found: Found, phrase: str, context: Sequence[Token], certainty: float
) -> None:
    ambiguity = ambiguities()[phrase]
    open_to = [each for each in ambiguity.choices if each.list in found.lists]
    chosen = _chosen(ambiguity, open_to, phrase, context)
    if chosen:
        found.add([_meaning(chosen)], min(certainty, DECIDED))
    elif open_to and not found.certainties.keys() & {_meaning(e)[:2] for e in open_to}:
        found.ask = True
        found.add([_meaning(each) for each in open_to], ASKED)


def _chosen(
    ambiguity: Ambiguity,
    open_to: Sequence[AmbiguousChoice],
    phrase: str,
    context: Sequence[Token],
) -> AmbiguousChoice | None:
    """The field decides when it leaves one meaning; else the words around do."""
    if len(open_to) == 1:
        return open_to[0]
    own = set(phrase.split())
    around = frozenset(token.word for token in context) - own
    decided = ambiguity.decided_by(around) if around else None
    return decided if decided in open_to else None


def _meaning(choice: AmbiguousChoice) -> Meaning:
    return Meaning(choice.list or "", choice.slug or "", "ambiguous")


def _specificity(phrase: str) -> float:
    """How rare the words of a phrase are, -20 for one of filling words only."""
    stems = _stems(phrase.split())
    return sum(_rarity(each) for each in stems) / len(stems) if stems else -20.0


def _weight(word: str) -> float:
    return 0.2 if word in _filling() else 1.0


def _rarity(each: str) -> float:
    """From about 1 (in hundreds of names) to 7; an unknown word counts as rare."""
    return math.log(1200 / (1 + min(400, len(_by_stem().get(each, ())))))


@cache
def _filling() -> frozenset[str]:
    return frozenset(read("words")["filling"])


@cache
def _squashed() -> Mapping[str, tuple[Meaning, ...]]:
    return {key.replace(" ", ""): value for key, value in phrases().items()}


@cache
def _cores() -> Mapping[str, tuple[Meaning, ...]]:
    """Core -> terms; within a list the terms whose names hold the least filling."""
    index: dict[str, dict[str, list[tuple[int, Meaning]]]] = {}
    for phrase, meanings in phrases().items():
        key = core(phrase.split(), strict=True)
        for each in meanings:
            if each.source != "abbreviation":
                filled = len(phrase) - len(key)
                lists = index.setdefault(key, defaultdict(list))
                lists[each.list].append((filled, each))
    index.pop("", None)
    return {key: tuple(_barest(lists)) for key, lists in index.items()}


def _barest(lists: Mapping[str, list[tuple[int, Meaning]]]) -> Iterator[Meaning]:
    for named in lists.values():
        least = min(filled for filled, _ in named)
        yield from (each for filled, each in named if filled == least or least > 0)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in core(words, strict=True).split())


@cache
def _stem_weight(phrase: str) -> float:
    return sum(_rarity(each) for each in _stems(phrase.split()))


@cache
def _by_stem() -> Mapping[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases():
        for each in _stems(phrase.split()):
            index[each].append(phrase)
    return {key: tuple(found) for key, found in index.items()}
