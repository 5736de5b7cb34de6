"""Every address of the site, with the ids of one person's things put in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from referrals.views.ways import OF_OFFERS, OF_REFERRALS
from referrals.worklists import LISTS

# What is no id of anything.
NUMBERS = {"number": "1", "year": "2026"}
LISTED = tuple(one.slug for one in LISTS)
# What a door is called by besides: each of these words opens another room.
WORDS: Mapping[str, tuple[str, ...]] = {
    "referrals:step": tuple(way.slug for way in OF_REFERRALS),
    "referrals:offer_step": tuple(way.slug for way in OF_OFFERS),
    "referrals:list": LISTED,
    "api:work_list": LISTED,
}
WORD = re.compile(r"%\((slug|name)\)s")

Patterns = Iterable[URLPattern | URLResolver]


@dataclass(frozen=True)
class Door:
    """The view's full name, and the path with %(…)s where something stands."""

    name: str
    path: str

    @property
    def is_general(self) -> bool:
        return "%(" not in self.path

    def each(self, value: object) -> list[str]:
        """One address, or one for each of its words."""
        words = WORDS.get(self.name, ())
        paths = [WORD.sub(word, self.path) for word in words] or [self.path]
        return [_filled(path, value) for path in paths]

    def at(self, value: object) -> str:
        return self.each(value)[0]


def _filled(path: str, value: object) -> str:
    return re.sub(r"%\((\w+)\)s", lambda it: NUMBERS.get(it[1], str(value)), path)


def doors(patterns: Patterns | None = None) -> Iterator[Door]:
    yield from _below(get_resolver().url_patterns if patterns is None else patterns)


def _below(patterns: Patterns, path: str = "/", namespace: str = "") -> Iterator[Door]:
    for each in patterns:
        [(piece, _), *_] = normalize(each.pattern.regex.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _below(each.url_patterns, path + piece, inner)
        else:
            yield Door(f"{namespace}{each.name or each.lookup_str}", path + piece)
