"""Every phrase that names a term, compiled once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from network.clinicians.vocabulary.ambiguities import ambiguities
from network.clinicians.vocabulary.loading import LISTS, read
from network.clinicians.vocabulary.normalise import normalise
from network.clinicians.vocabulary.terms import Term, terms


class Meaning(NamedTuple):
    """A phrase can stand for this term; `source` says by which of its names."""

    list: str
    slug: str
    source: str


@cache
def phrases() -> Mapping[str, tuple[Meaning, ...]]:
    """Normalised phrase -> what it names, in the order of the lists."""
    found: dict[str, dict[tuple[str, str], Meaning]] = defaultdict(dict)
    for each in LISTS:
        for phrase, meaning in _list_phrases(each):
            found[phrase].setdefault(meaning[:2], meaning)
    return MappingProxyType({key: tuple(each.values()) for key, each in found.items()})


@cache
def _capitals() -> frozenset[str]:
    return frozenset(read("words")["capitals"])


def needs_capitals(phrase: str) -> bool:
    """Whether this abbreviation is also a common word, so counts only as "ACT"."""
    return phrase in _capitals()


def as_a_word(phrase: str) -> tuple[Meaning, ...]:
    """What it names when it is written as a common word, "sad" rather than "SAD"."""
    return tuple(each for each in phrases().get(phrase, ()) if each.source == "synonym")


def _list_phrases(list: str) -> Iterator[tuple[str, Meaning]]:
    for term in terms(list):
        for name, source in names(term):
            phrase = normalise(name)
            if phrase and (phrase not in ambiguities() or _is_kept(phrase, source)):
                yield phrase, Meaning(list, term.merged_into or term.slug, source)


def _is_kept(phrase: str, source: str) -> bool:
    """ "sad" is a word beside the short form "SAD"; slugs always mean themselves."""
    return source == "slug" or (source == "synonym" and needs_capitals(phrase))


def names(term: Term) -> Iterator[tuple[str, str]]:
    """Every way to name a term, the strongest first."""
    yield term.label, "label"
    yield from ((each, "synonym") for each in term.synonyms)
    for each in term.abbreviations:
        yield each, "abbreviation"
        yield each.replace("-", "").replace("/", ""), "abbreviation"
    yield term.slug, "slug"
