"""The entries of a list as somebody wants to see them: of one tag, in some order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from network.clinicians.models import ListEntry

ORDERS: dict[str, tuple[str, Callable[[ListEntry], Any]]] = {
    "added": ("First added", lambda entry: entry.added_at),
    "name": ("Name", lambda entry: entry.colleague.name.casefold()),
    "confirmed": ("Longest unconfirmed", lambda entry: entry.confirmed_on),
}


@dataclass(frozen=True)
class Shown:
    """Addresses number the tags: their words stand in none."""

    entries: Sequence[ListEntry]
    tags: Sequence[str]
    tag: int | None
    order: str
    total: int

    @classmethod
    def of(cls, entries: Sequence[ListEntry], asked: Mapping[str, str]) -> "Shown":
        tags = sorted({tag for one in entries for tag in one.tags or ()}, key=_fold)
        tag = _number(asked.get("tag", ""), len(tags))
        order = asked.get("order", "")
        order = order if order in ORDERS else "added"
        wanted = [
            one for one in entries if tag is None or tags[tag] in (one.tags or ())
        ]
        wanted.sort(key=ORDERS[order][1])
        return cls(wanted, tags, tag, order, len(entries))

    @property
    def orders(self) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _) in ORDERS.items()]


def _number(text: str, bound: int) -> int | None:
    number = int(text) if text.isdecimal() and len(text) < 4 else bound
    return number if number < bound else None


def _fold(tag: str) -> tuple[str, str]:
    return tag.casefold(), tag
