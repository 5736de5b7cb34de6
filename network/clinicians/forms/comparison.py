"""Up to four colleagues side by side, line by line, with the differences marked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from network.clinicians import vocabulary
from network.clinicians.forms.find_cards import hundredths, row_of
from network.clinicians.forms.find_facts import fee_words, opening_fact, place_words
from network.clinicians.matching import Match, Part
from network.clinicians.requests import is_uuid

Card = Mapping[str, Any]
Need = Mapping[str, Any]
MOST = 4
FEWEST = 2
MOST_TICKED = 100


def chosen_ids(data: QueryDict) -> list[str]:
    """Whom the form ticks to compare, each once."""
    ticked = (one for one in data.getlist("compared") if is_uuid(one))
    return list(dict.fromkeys(ticked))[:MOST_TICKED]


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.cells)) > 1


def lines_of(
    matches: Sequence[Match], need: Need, today: date, supervised: Mapping[UUID, str]
) -> list[Line]:
    """`supervised`: in words, of the associates among them."""
    return [
        *_score_lines(matches, need),
        *_stage_lines(matches, supervised),
        *_profile_lines(matches, need, today),
    ]


def _stage_lines(
    matches: Sequence[Match], supervised: Mapping[UUID, str]
) -> Iterable[Line]:
    if supervised:
        words = (supervised.get(one.clinician_id, "Independent") for one in matches)
        yield Line("Stage", tuple(words))


def _score_lines(matches: Sequence[Match], need: Need) -> list[Line]:
    if not matches or not matches[0].parts:
        return []
    scores = (hundredths(one.score, one.weight_total) for one in matches)
    by_part = zip(*(one.parts for one in matches), strict=True)
    return [
        Line("Score", tuple(scores)),
        *(
            Line(_part_words(parts[0], need), tuple(part.why for part in parts))
            for parts in by_part
        ),
    ]


def _part_words(part: Part, need: Need) -> str:
    row = row_of(part, need)
    return row.said if row.label else row.criterion


def _profile_lines(matches: Sequence[Match], need: Need, today: date) -> Iterable[Line]:
    for label, words in WORDS.items():
        yield Line(label, tuple(words(one.card) or "not said" for one in matches))
    openings = tuple(opening_fact(one.card, need, today).words for one in matches)
    yield Line("All openings", openings)
    yield Line(
        "Practices", tuple(place_words(one.card, need) or "not said" for one in matches)
    )


def _labels(list_name: str, slugs: Iterable[str]) -> str:
    return ", ".join(vocabulary.label(list_name, slug) for slug in slugs if slug)


def _terms(list_name: str, key: str) -> Callable[[Card], str]:
    return lambda card: _labels(list_name, card.get(key) or ())


def _languages(card: Card) -> str:
    return _labels("languages", (one["term"] for one in card.get("languages") or ()))


def _acuity(card: Card) -> str:
    return "{} to {}".format(*card["acuity"]) if card.get("acuity") else ""


WORDS: dict[str, Callable[[Card], str]] = {
    "Profession": lambda card: _labels("professions", [card.get("profession", "")]),
    "Licensed in": lambda card: ", ".join(card.get("licensed_in") or ()),
    "Telehealth in": lambda card: ", ".join(card.get("telehealth_in") or ()),
    "Formats": _terms("formats", "formats"),
    "Ages": _terms("age_groups", "age_groups"),
    "Works with": _terms("participants", "participants"),
    "Acuity": _acuity,
    "Languages": _languages,
    "Insurance": _terms("payers", "payers"),
    "Fee": fee_words,
}
