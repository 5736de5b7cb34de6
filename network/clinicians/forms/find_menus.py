"""The menus of those criteria that are more than a list of terms."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from network.clinicians import vocabulary
from network.clinicians.forms.find_phrases import ACUITY, DAYS, PARTS
from network.clinicians.matching.need import WEIGHTS

Counts = Mapping[str, int]
Given = Any

MODES = {
    "either": "in person or telehealth",
    "in_person": "in person",
    "telehealth": "telehealth",
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int | None = None
    chosen: bool = False

    @property
    def words(self) -> str:
        return self.label if self.count is None else f"{self.label} ({self.count:,})"


@dataclass(frozen=True)
class Axis:
    slug: str
    label: str
    value: int | None
    wish: str


@dataclass(frozen=True)
class Day:
    """One row of the week: four check marks, each named in full."""

    label: str
    slots: tuple[Option, ...]


@dataclass(frozen=True)
class Weight:
    name: str
    label: str
    value: int | None
    usual: int


def menus(name: str, given: Given, counts: Counts) -> dict[str, list[Any]]:
    """What the template of this criterion offers beside the fields themselves."""
    build = MENUS.get(name)
    return build(given or {}, counts) if build else {}


def _acuity(given: Given, counts: Counts) -> dict[str, list[Any]]:
    levels = [
        Option(
            str(level),
            f"{level} · {words}",
            counts.get(str(level)),
            level == given.get("level"),
        )
        for level, words in enumerate(ACUITY)
    ]
    return {"levels": levels}


def _style(given: Given, _: Counts) -> dict[str, list[Any]]:
    said = {style["axis"]: style for style in given}
    axes = [
        Axis(
            axis.slug,
            axis.label,
            said.get(axis.slug, {}).get("value"),
            said.get(axis.slug, {}).get("wish") or "prefer",
        )
        for axis in vocabulary.terms("styles")
    ]
    return {"axes": axes}


def _place(given: Given, counts: Counts) -> dict[str, list[Any]]:
    modes = [
        Option(mode, words, counts.get(mode), mode == given.get("mode"))
        for mode, words in MODES.items()
    ]
    return {"modes": modes, "states": _choices("states", [given.get("state")])}


def _openings(given: Given, counts: Counts) -> dict[str, list[Any]]:
    chosen = set(given.get("slots") or ())
    week = [
        Day(
            day.capitalize(),
            tuple(_slot(f"{day}-{part}", chosen, counts) for part in PARTS),
        )
        for day in DAYS
    ]
    return {"week": week, "parts": [part.capitalize() for part in PARTS]}


def _slot(slot: str, chosen: set[str], counts: Counts) -> Option:
    label = vocabulary.label("slots", slot)
    return Option(slot, label, counts.get(slot), slot in chosen)


def _payment(given: Given, counts: Counts) -> dict[str, list[Any]]:
    return {
        "payers": _choices("payers", [given.get("payer")], counts),
        "networks": _choices("networks", [given.get("network")]),
        "plans": _choices("payers", [given.get("plan")]),
    }


def _kind(given: Given, _: Counts) -> dict[str, list[Any]]:
    return {
        "kinds": _choices("kinds", [given.get("kind")]),
        "reasons": _choices("reasons", given.get("reasons") or ()),
    }


def _weights(given: Given, _: Counts) -> dict[str, list[Any]]:
    weights = [
        Weight(name, name.replace("_", " ").capitalize(), given.get(name), usual)
        for name, usual in WEIGHTS.items()
    ]
    return {"weights": weights}


MENUS: dict[str, Callable[[Given, Counts], dict[str, list[Any]]]] = {
    "acuity": _acuity,
    "style": _style,
    "place": _place,
    "openings": _openings,
    "payment": _payment,
    "kind": _kind,
    "weights": _weights,
}


def _choices(
    list_name: str, chosen: Iterable[str | None], counts: Counts | None = None
) -> list[Option]:
    """A whole list as the options of a menu or a set of check marks."""
    picked = set(chosen)
    return [
        Option(
            term.slug, term.label, (counts or {}).get(term.slug), term.slug in picked
        )
        for term in vocabulary.terms(list_name)
    ]
