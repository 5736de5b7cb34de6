"""Terms of the lists, by number and by slug."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from network.clinicians.vocabulary.loading import read


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of one list.

    `number` is the stable position (bit) in its list: never changed, never reused.
    A term with `merged_into` is kept so that old data reads, and is not offered.
    `requirable` is false for words that say too little to be made a must.
    """

    list: str
    slug: str
    number: int
    label: str
    group: str
    synonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()
    status: str = "active"
    merged_into: str | None = None
    requirable: bool = True


@cache
def terms(list: str) -> tuple[Term, ...]:
    """Every term of a list by number, merged ones included."""
    made = (_term(list, entry) for entry in read(list)["terms"])
    return tuple(sorted(made, key=lambda each: each.number))


def term(list: str, slug: str) -> Term:
    return _by_slug(list)[slug]


@cache
def slugs(list: str) -> frozenset[str]:
    return frozenset(_by_slug(list))


def label(list: str, slug: str) -> str:
    return term(list, slug).label


def groups(list: str) -> Mapping[str, str]:
    """The groups of a list in the order of its pages: slug -> label."""
    return MappingProxyType(read(list)["groups"])


@cache
def _by_slug(list: str) -> Mapping[str, Term]:
    return {each.slug: each for each in terms(list)}


def _term(list: str, entry: dict[str, Any]) -> Term:
    many = ("synonyms", "abbreviations", "broader", "icd10")
    plain = {key: tuple(entry.get(key, ())) for key in many}
    return Term(
        list=list,
        slug=entry["slug"],
        number=entry["number"],
        label=entry["label"],
        group=entry["group"],
        status=entry.get("status", "active"),
        merged_into=entry.get("merged_into"),
        requirable=entry.get("requirable", True),
        **plain,
    )
