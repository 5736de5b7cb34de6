"""Every address of the site, with the ids of one person's things put in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

# What is no id of anything.
NUMBERS = {"number": "1", "year": "2026"}

Patterns = Iterable[URLPattern | URLResolver]


@dataclass(frozen=True)
class Door:
    """The view's full name, and the path with %(…)s where something stands."""

    name: str
    path: str

    @property
    def is_general(self) -> bool:
        return "%(" not in self.path

    def at(self, value: object) -> str:
        return re.sub(
            r"%\((\w+)\)s", lambda it: NUMBERS.get(it[1], str(value)), self.path
        )


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
