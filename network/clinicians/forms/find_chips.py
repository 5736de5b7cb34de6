"""A need as chips: each criterion in a word, its wish, and what may be done to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from network.clinicians import vocabulary
from network.clinicians.forms.find_criteria import CRITERIA, WISH_WORDS, WISHES
from network.clinicians.forms.find_labels import short_label
from network.clinicians.forms.find_phrases import (
    exclude_phrase,
    openings_phrase,
    payment_phrase,
    place_phrase,
)

PHRASES = {
    "place": place_phrase,
    "openings": openings_phrase,
    "payment": payment_phrase,
}


@dataclass(frozen=True)
class Chip:
    """`key` names the criterion and, in a list, the term: “specialties/ocd”."""

    key: str
    label: str
    wish: str = ""
    wishes: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return WISH_WORDS.get(self.wish, "")

    @property
    def next_wish(self) -> str:
        here = self.wishes.index(self.wish) if self.wish in self.wishes else -1
        return self.wishes[(here + 1) % len(self.wishes)] if self.wishes else ""

    @property
    def next_word(self) -> str:
        return WISH_WORDS.get(self.next_wish, "")


def chips_of(need: Mapping[str, Any]) -> list[Chip]:
    return [
        *_term_chips(need),
        *_acuity_chip(need),
        *_phrase_chips(need),
        *_style_chips(need),
        *_plain_chips(need),
    ]


def _term_chips(need: Mapping[str, Any]) -> Iterator[Chip]:
    for criterion in CRITERIA.values():
        for given in _given(need.get(criterion.name), many=criterion.many):
            term = given["term"]
            yield Chip(
                key=f"{criterion.name}/{term}" if criterion.many else criterion.name,
                label=_with_depth(
                    short_label(criterion.vocabulary, term), given.get("depth")
                ),
                wish=given.get("wish") or "prefer",
                wishes=criterion.wishes,
            )


def _given(value: Any, *, many: bool) -> Iterable[Mapping[str, Any]]:
    if not value:
        return ()
    return value if many else (value,)


def _with_depth(label: str, depth: str | None) -> str:
    return f"{label} ({vocabulary.label('depths', depth).lower()})" if depth else label


def _acuity_chip(need: Mapping[str, Any]) -> Iterator[Chip]:
    if acuity := need.get("acuity"):
        wish = acuity.get("wish") or "prefer"
        yield Chip("acuity", f"acuity {acuity['level']}", wish, WISHES)


def _phrase_chips(need: Mapping[str, Any]) -> Iterator[Chip]:
    for name, phrase in PHRASES.items():
        if given := need.get(name):
            yield Chip(name, phrase(given), given.get("wish") or "prefer", WISHES)


def _style_chips(need: Mapping[str, Any]) -> Iterator[Chip]:
    for style in need.get("style") or ():
        label = vocabulary.label("styles", style["axis"])
        yield Chip(f"style/{style['axis']}", f"{label} {style['value']} of 5")


def _plain_chips(need: Mapping[str, Any]) -> Iterator[Chip]:
    if kind := need.get("kind"):
        yield Chip("kind", vocabulary.label("kinds", kind))
    for reason in need.get("reasons") or ():
        label = vocabulary.label("reasons", reason)
        yield Chip(f"reasons/{reason}", f"because of {label.lower()}")
    if any((need.get("exclude") or {}).values()):
        yield Chip("exclude", exclude_phrase(need["exclude"]))
    if need.get("text"):
        yield Chip("text", f"“{need['text']}”")


def turned(need: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The need with one of its chips at the next wish."""
    chip = _chip(need, key)
    return with_wish(need, key, chip.next_wish) if chip else dict(need)


def with_wish(need: Mapping[str, Any], key: str, wish: str) -> dict[str, Any]:
    """The need with another wish for one criterion; unknown keys change nothing."""
    chip = _chip(need, key)
    if chip is None or wish not in chip.wishes:
        return dict(need)
    name, _, term = key.partition("/")
    if not term:
        return {**need, name: {**need[name], "wish": wish}}
    return {
        **need,
        name: [
            {**given, "wish": wish} if _is(given, term) else given
            for given in need[name]
        ],
    }


def without(need: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The need without one criterion; unknown keys change nothing."""
    if _chip(need, key) is None:
        return dict(need)
    name, _, term = key.partition("/")
    rest = {other: value for other, value in need.items() if other != name}
    kept = [given for given in need.get(name) or () if not _is(given, term)]
    return {**rest, name: kept} if term and kept else rest


def with_term(
    need: Mapping[str, Any], name: str, term: str, wish: str = "prefer"
) -> dict[str, Any]:
    """The need with one more term; a criterion of one term gets it instead."""
    given = {"term": term, "wish": wish}
    if not CRITERIA[name].many:
        return {**need, name: given}
    others = [other for other in need.get(name) or () if not _is(other, term)]
    return {**need, name: [*others, given]}


def _chip(need: Mapping[str, Any], key: str) -> Chip | None:
    return next((chip for chip in chips_of(need) if chip.key == key), None)


def _is(given: Any, term: str) -> bool:
    if isinstance(given, str):
        return given == term
    return term in (given.get("term"), given.get("axis"))


WIDEST = 3000


def relaxed(need: Mapping[str, Any], path: str, change: str) -> dict[str, Any]:
    """The need after one suggestion of the engine: a must turned, or a wider radius.

    A path at which no must stands changes nothing.
    """
    if change == "radius" and path == "/place" and need.get("place"):
        place = {**need["place"], "radius_miles": doubled(need)}
        return {**need, "place": place}
    if change != "prefer" or path not in _musts(need):
        return dict(need)
    name, _, index = path.removeprefix("/").partition("/")
    if not index:
        return {**need, name: {**need[name], "wish": "prefer"}}
    return {**need, name: _softened(need[name], int(index))}


def _musts(need: Mapping[str, Any]) -> set[str]:
    """Where they stand in the JSON: “/specialties/0”, “/place”."""
    return {
        path
        for path, given in _pieces(need)
        if isinstance(given, Mapping) and given.get("wish") == "must"
    }


def _pieces(need: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in need.items():
        if isinstance(value, list):
            yield from ((f"/{name}/{index}", one) for index, one in enumerate(value))
        else:
            yield f"/{name}", value


def doubled(need: Mapping[str, Any]) -> int:
    return min(int((need.get("place") or {}).get("radius_miles") or 15) * 2, WIDEST)


def _softened(given: list[dict[str, Any]], index: int) -> list[dict[str, Any]]:
    return [
        {**one, "wish": "prefer"} if position == index else one
        for position, one in enumerate(given)
    ]
