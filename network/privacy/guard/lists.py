"""The packaged lists, read once: names, ordinary words, and what stands around them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from network.privacy.guard.spelling import folded, stems

DATA = Path(__file__).parent / "data"
# What a word can be; a word can be several things.
GIVEN, RARE_GIVEN, WORD_GIVEN, SURNAME, RARE_SURNAME = 1, 2, 4, 8, 16
TERM, EPONYM, ROLE, TITLE, NAMING, MONTH = 32, 64, 128, 256, 512, 1024
DOING, PARTICLE, CREDENTIAL, RARE, NEVER = 2048, 4096, 8192, 16384, 32768
SMALL, NOT_SMALL, HEAD, PLACE, NUMBER = 65536, 131072, 262144, 524288, 1048576
BAND = 2097152
ANY_GIVEN = GIVEN | RARE_GIVEN | WORD_GIVEN
ANY_SURNAME = SURNAME | RARE_SURNAME
ANY_NAME = ANY_GIVEN | ANY_SURNAME

FILES = {
    "given_common.txt": GIVEN,
    "given_rare.txt": RARE_GIVEN,
    "given_words.txt": WORD_GIVEN,
    "surnames_common.txt": SURNAME,
    "surnames_rare.txt": RARE_SURNAME,
}
MONTHS = (
    "january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sep sept oct nov dec enero febrero marzo "
    "abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
BANDS = (
    "twenties thirties forties fifties sixties seventies eighties nineties teens "
    "20s 30s 40s 50s 60s 70s 80s 90s teenager teenage tween adolescent elderly"
)
SHORT_WORDS = (
    "i a am an as at be by do go he hi if in is it me my no of oh ok on or so to up us "
    "we ah ha ho id pa eh um uh hm mm"
)
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By first word: the phrases that begin so, longest first, and what they stand for."""


@dataclass(frozen=True, slots=True)
class Lists:
    kinds: Mapping[str, int]
    words: frozenset[str]
    weak: frozenset[str]
    titles: Mapping[str, str]
    authors: frozenset[str]
    leads: frozenset[str]
    sure_leads: frozenset[str]
    big: frozenset[str]
    org_heads: frozenset[str]
    org_generic: frozenset[str]
    orgs: Phrases
    work_leads: frozenset[str]
    suffixes: frozenset[str]
    rare: Phrases
    short: frozenset[str]

    def is_word(self, low: str) -> bool:
        """Whether a dictionary has it, or what it is a form of."""
        return low in self.words or any(stem in self.words for stem in stems(low))


@cache
def lists() -> Lists:
    said = context()
    places = said["places"]
    rare = dict(phrases({**said["rare"], **said["occupations"]}))
    return Lists(
        kinds=kinds(said, rare),
        words=frozenset([*read("words.txt"), *SHORT_WORDS.split()]),
        weak=frozenset(listed(said["words"]["doing_weak"])),
        titles={
            word: role
            for role, words in said["names"]["titles"].items()
            for word in listed(words)
        },
        authors=frozenset(listed(said["passing"]["authors"])),
        rare=rare,
        orgs=dict(phrases({"": places["orgs"]})),
        **{
            name: frozenset(listed(places[name]))
            for name in (
                "leads", "sure_leads", "big", "org_heads", "org_generic",
                "work_leads", "suffixes", "short",
            )
        },
    )  # fmt: skip


def kinds(said: Mapping[str, Any], rare: Phrases) -> dict[str, int]:
    found: dict[str, int] = {}
    for words, kind in tagged(said, rare):
        for word in words:
            found[word] = found.get(word, 0) | kind
    return found


def tagged(
    said: Mapping[str, Any], rare: Phrases
) -> Iterator[tuple[Iterable[str], int]]:
    for name, kind in FILES.items():
        yield read(name), kind
    words, names, passing = said["words"], said["names"], said["passing"]
    yield singles(names["roles"]), ROLE
    for titles in names["titles"].values():
        yield listed(titles), TITLE
    yield listed(words["credentials"]), CREDENTIAL
    yield listed(words["particles"]), PARTICLE
    yield listed(words["naming"]), NAMING
    yield listed(words["doing"]), DOING
    yield listed(words["never"]), NEVER
    yield listed(words["not_small"]), NOT_SMALL
    yield listed(words["small"]), SMALL
    yield listed(passing["eponyms"]), EPONYM
    yield singles(passing["terms"]), TERM
    yield singles(passing["wide"]), TERM
    yield listed(said["places"]["org_heads"]), HEAD
    yield singles(said["places"]["big"]), PLACE | TERM
    yield singles(said["places"]["short"]), PLACE | TERM
    yield MONTHS.split(), MONTH
    yield TENS.split(), NUMBER
    yield BANDS.split(), BAND
    yield rare, RARE


@cache
def context() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "context.toml").read_text("utf-8"))


def read(name: str) -> list[str]:
    return (DATA / name).read_text("utf-8").split()


def listed(words: str) -> list[str]:
    """The phrases of a list, without accents."""
    found = (folded(" ".join(word.split())) for word in words.split(","))
    return [word for word in found if word]


def singles(words: str) -> list[str]:
    return [word for phrase in listed(words) for word in phrase.split()]


def phrases(
    groups: Mapping[str, str],
) -> Iterator[tuple[str, tuple[tuple[tuple[str, ...], str], ...]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for meaning, words in groups.items():
        for phrase in listed(words):
            first, *rest = phrase.replace("-", " ").split()
            found.setdefault(first, []).append((tuple(rest), meaning))
    for first, each in found.items():
        yield first, tuple(sorted(each, key=lambda one: -len(one[0])))
