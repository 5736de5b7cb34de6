"""Every phrase a text may hold and what it may mean, in one index."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from network.clinicians import vocabulary
from network.clinicians.reading.words import plain_words

HERE = Path(__file__).parent
LISTS = frozenset({
    "specialties", "approaches", "languages", "communities", "faiths", "payers",
    "networks", "risks", "levels_of_care", "states",
})  # fmt: skip


WISHED = frozenset({"faiths", "communities"})
"""These count only beside a word for the clinician, however ordinary they are."""
PEOPLE = frozenset({"noun", "gender", "age_group"})
OF_PEOPLE = frozenset({"communities", "specialties"})
""" "a Black therapist" wishes for no community of therapists."""
TREATMENTS = ("therapy", "counseling", "management", "testing", "training", "coaching")

OTHERS = frozenset({
    ("approaches", "tic"), ("specialties", "family therapy"),
    ("specialties", "family counseling"), ("faiths", "other"), ("faiths", "none"),
    ("faiths", "traditional"), ("faiths", "native"), ("faiths", "zen"),
})  # fmt: skip


class Meaning(NamedTuple):
    """What a phrase says: a term of a list, or a word of the grammar."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    meanings: Mapping[str, tuple[Meaning, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    """First word of a phrase -> how many words its phrases have, longest first."""
    known: frozenset[str]
    """Words that are never taken for a misspelling of another."""


@cache
def lexicon() -> Lexicon:
    meanings = all_meanings()
    words = {word for phrase in meanings for word in phrase.split()}
    return Lexicon(
        meanings, phrase_lengths(meanings), frozenset({*words, *known_words()})
    )


def all_meanings() -> Mapping[str, tuple[Meaning, ...]]:
    meanings: defaultdict[str, dict[Meaning, None]] = defaultdict(dict)
    for phrase, meaning in (*grammar_phrases(), *vocabulary_phrases()):
        meanings[phrase][meaning] = None
    return {
        phrase: likeliest(phrase, tuple(found)) for phrase, found in meanings.items()
    }


def likeliest(phrase: str, found: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """A problem and an approach of one name are the problem, save for a therapy."""
    kinds = {meaning.kind for meaning in found}
    if "ambiguous" in kinds:
        return tuple(meaning for meaning in found if meaning.kind not in LISTS)
    if kinds & PEOPLE:
        return tuple(each for each in found if each.kind not in OF_PEOPLE)
    if "approaches" in kinds and phrase.endswith("affirming"):
        return tuple(meaning for meaning in found if meaning.kind != "specialties")
    if kinds & {"specialties", "payers"} and not phrase.endswith(TREATMENTS):
        return tuple(meaning for meaning in found if meaning.kind != "approaches")
    return found


def vocabulary_phrases() -> Iterator[tuple[str, Meaning]]:
    never, alone = ordinary("never"), ordinary("alone")
    for phrase, meanings in vocabulary.phrases().items():
        for name, slug, source in meanings:
            if name not in LISTS or is_other(name, phrase, source):
                continue
            if phrase in never and name not in WISHED:
                continue
            if phrase in alone:
                yield phrase, Meaning("alone", f"{name}/{slug}")
            else:
                yield phrase, Meaning(name, slug)
    for phrase in vocabulary.ambiguities():
        yield phrase, Meaning("ambiguous", phrase)


def is_other(name: str, phrase: str, source: str) -> bool:
    """Codes look like words ("is", "no", "or"), and tics like an abbreviation."""
    if name == "languages":
        return len(phrase) < 4 and phrase != "asl"
    if (name, phrase) in OTHERS or is_pair(phrase):
        return True
    if name == "communities":
        return phrase.endswith(" speaking")
    return name == "states" and (source in {"abbreviation", "slug"} or len(phrase) < 4)


def is_pair(phrase: str) -> bool:
    """ "depression and anxiety" are two problems, each with a name of its own."""
    halves = phrase.split(" and ")
    return len(halves) == 2 and all(half in vocabulary.phrases() for half in halves)


@cache
def ordinary(which: str) -> frozenset[str]:
    return frozenset(
        " ".join(plain_words(each)) for each in grammar()["ordinary"][which]
    )


def grammar_phrases() -> Iterator[tuple[str, Meaning]]:
    for kind, values in grammar().items():
        if kind in {"ordinary", "filler"}:
            continue
        for value, phrases in values.items():
            for phrase in phrases:
                yield " ".join(plain_words(phrase)), Meaning(kind, value)


@cache
def grammar() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads((HERE / "grammar.toml").read_text("utf-8"))


def phrase_lengths(phrases: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        words = phrase.split(" ")
        lengths[words[0]].add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


def known_words() -> list[str]:
    """Real words that look like a slip of a word of the vocabulary."""
    return plain_words((HERE / "known.txt").read_text("utf-8"))
