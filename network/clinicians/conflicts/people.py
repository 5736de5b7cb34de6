"""Somebody as she is named, on either side of a comparison, and the words for it that
are hashed. What a register keeps and what is asked for are different words where one
side may know more than the other: they meet in one, or not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import ceil

from network.clinicians.conflicts.nicknames import classes_of, is_given
from network.clinicians.conflicts.spelling import respelt, sound_of, words_of

PAIRS = 4  # that one person's names make: two given names, two of the family
NEAR = 1  # years; who says "34 years old" may be a year off
Facet = tuple[str, str]
Pair = tuple[str, bool]


@dataclass(frozen=True)
class Named:
    """A name as somebody typed it, and the year of birth where she knows it."""

    name: str
    born: int | None = None

    @property
    def is_whole(self) -> bool:
        return len(words_of(self.name)) > 1

    @property
    def said(self) -> str:
        """The same for the same person typed again."""
        return f"{' '.join(sorted(words_of(self.name)))}/{self.born or ''}"

    @property
    def counts_for(self) -> int:
        """How many people might be meant: who strings names together asks for more."""
        return ceil(len(set(_couples(words_of(self.name)))) / PAIRS) or 1


def kept_of_person(one: Named) -> set[str]:
    """For a register."""
    known = ("has", str(one.born)) if one.born else ("none",)
    return {
        f"{pair}/{year}"
        for pair, is_sound in _pairs(words_of(one.name), is_asked=False)
        for year in known
        if not is_sound or year.isdigit()
    }


def kept_of_family(name: str) -> set[str]:
    """Whoever bears the name, of two names both."""
    return {f"f:{'+'.join(sorted(map(respelt, words_of(name, 1))))}"}


def kept_of_organisation(name: str) -> set[str]:
    return {f"o:{'+'.join(sorted(words_of(name, 1)))}"}


def asked(one: Named) -> set[str]:
    """For a name that is looked up: as a person, of a family, an organisation."""
    words = words_of(one.name)
    born = one.born
    near = [str(born + off) for off in range(-NEAR, NEAR + 1)] if born else ["has"]
    people = {
        f"{pair}/{year}"
        for pair, is_sound in _pairs(words, is_asked=True)
        for year in ("none", *near)
        if not is_sound or year.isdigit()
    }
    return {*people, *_families(words), *kept_of_organisation(one.name)}


def _families(words: tuple[str, ...]) -> Iterator[str]:
    """A given name bears no family: Thomas is not of the Thomases."""
    borne = [word for word in words if not is_given(word)] or words[1:]
    for number in (1, 2):
        for some in combinations(sorted(map(respelt, borne)), number):
            yield f"f:{'+'.join(some)}"


def _pairs(words: tuple[str, ...], *, is_asked: bool) -> Iterator[Pair]:
    """A given name with another, in no order; whether both are known by sound only,
    which counts with the year of birth alone.
    """
    for one, other in _couples(words):
        sides = (_facets(one, is_asked=is_asked), _facets(other, is_asked=is_asked))
        for (how, first), (too, second) in product(*sides):
            pair = "+".join(sorted((f"{how}:{first}", f"{too}:{second}")))
            yield pair, how != "n" and too != "n"


def _couples(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    given = [word for word in words if is_given(word)]
    others = [word for word in words if not is_given(word)]
    yield from product(given, others) if given and others else combinations(words, 2)


def _facets(word: str, *, is_asked: bool) -> list[Facet]:
    """By name (`n`), and by sound: of two given names that are both known (`k`) the
    sound says nothing; of any other word (`u`) it does.
    """
    names: list[Facet] = [("n", one) for one in sorted(classes_of(word))]
    sound, known = sound_of(word), is_given(word)
    if not sound:
        return names
    kept, other = ("k", "u") if known else ("u", "k")
    if not is_asked:
        return [*names, (kept, sound)]
    heard = ["u"] if known else ["u", other]
    return [*names, *((how, sound) for how in heard)]
