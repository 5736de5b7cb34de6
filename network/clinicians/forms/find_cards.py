"""Matches as the cards of the page: who, how well, and why in one line and in full."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from network.clinicians import vocabulary
from network.clinicians.forms.find_criteria import CRITERIA
from network.clinicians.forms.find_facts import Fact, facts_of
from network.clinicians.forms.find_labels import short_label
from network.clinicians.forms.find_peers import Peers, peer_facts
from network.clinicians.matching import Match, Part

Need = Mapping[str, Any]
FULL = 1000
# An opening that is merely unknown earns some points, and yet does not fit.
FITS_ABOVE = {"openings": 300, "acuity": 500}


@dataclass(frozen=True)
class Skill:
    label: str
    depth: str
    depth_label: str


@dataclass(frozen=True)
class PartRow:
    """One line of the sum: weight x value = points, to three places and exactly."""

    criterion: str
    label: str
    weight: int
    value: str
    points: str
    why: str
    fits: bool
    is_avoided: bool = False

    @property
    def said(self) -> str:
        return f"not {self.label}" if self.is_avoided else self.label

    @property
    def missing(self) -> str:
        if self.is_avoided:
            return f"offers {self.label}"
        return MISSING.get(self.criterion, f"no {self.label}")


MISSING = {
    "Opening": "no confirmed opening that fits",
    "Place": "the place does not fit",
    "Payment": "the payment does not fit",
    "Acuity": "the acuity is outside the range",
}


@dataclass(frozen=True)
class ResultCard:
    id: str
    name: str
    skills: tuple[Skill, ...]
    facts: tuple[Fact, ...]
    rows: tuple[PartRow, ...]
    score: str
    points: str
    weight: int
    is_compared: bool
    is_shortlisted: bool

    @property
    def fits(self) -> int:
        return sum(row.fits for row in self.rows)

    @property
    def missing(self) -> str:
        return ", ".join(row.missing for row in self.rows if not row.fits)


@dataclass(frozen=True)
class Marked:
    """Whom the searcher ticked to compare and keeps at hand; who speaks for whom."""

    compared: Collection[str] = ()
    shortlisted: Collection[str] = ()
    peers: Peers = field(default_factory=Peers)
    listed: Mapping[str, Sequence[str]] = field(default_factory=dict)


def card_of(match: Match, need: Need, marked: Marked, today: date) -> ResultCard:
    card = match.card
    person = str(match.clinician_id)
    return ResultCard(
        id=person,
        name=", ".join(filter(None, (match.name, card.get("credentials")))),
        skills=tuple(_skills(match, need)),
        facts=(
            *facts_of(card, need, today),
            *peer_facts(match, need, marked.peers),
            *(Fact("bookmark", words) for words in marked.listed.get(person, ())),
        ),
        rows=tuple(row_of(part, need) for part in match.parts),
        score=hundredths(match.score, match.weight_total),
        points=thousandths(match.score),
        weight=match.weight_total // FULL,
        is_compared=person in marked.compared,
        is_shortlisted=person in marked.shortlisted,
    )


def hundredths(score: int, whole: int) -> str:
    """The quotient to two places, rounded half up."""
    return f"{(score * 200 + whole) // (2 * whole) / 100:.2f}" if whole else ""


def thousandths(points: int) -> str:
    """Exact: 2700 is 2.7."""
    return f"{points // FULL}.{points % FULL:03d}".rstrip("0").rstrip(".")


def row_of(part: Part, need: Need) -> PartRow:
    return PartRow(
        criterion=CRITERION_LABELS.get(part.criterion, part.criterion),
        label=part_label(part),
        weight=part.weight,
        value=thousandths(part.value),
        points=thousandths(part.points),
        why=part.why,
        fits=part.value > FITS_ABOVE.get(part.criterion, 0),
        is_avoided=_is_avoided(part, need),
    )


def _is_avoided(part: Part, need: Need) -> bool:
    given = need.get(part.criterion) or []
    wishes = given if isinstance(given, list) else [given]
    return any(
        one.get("wish") == "avoid" and part.term in (one.get("term"), None)
        for one in wishes
    )


CRITERION_LABELS = {
    **{criterion.name: criterion.label for criterion in CRITERIA.values()},
    "acuity": "Acuity",
    "place": "Place",
    "openings": "Opening",
    "payment": "Payment",
    "style": "Style",
}


def part_label(part: Part) -> str:
    criterion = CRITERIA.get(part.criterion)
    if criterion and part.term in vocabulary.slugs(criterion.vocabulary):
        return short_label(criterion.vocabulary, part.term)
    if part.criterion == "style" and part.term in vocabulary.slugs("styles"):
        return vocabulary.label("styles", part.term)
    return ""


def _skills(match: Match, need: Need) -> Iterator[Skill]:
    """The wanted terms that she offers; without any, the first of her own."""
    found = list(_wanted(match.card, need))
    yield from found or _own(match.card)


def _wanted(card: Mapping[str, Any], need: Need) -> Iterator[Skill]:
    for name in ("specialties", "approaches"):
        depths = {skill["term"]: skill["depth"] for skill in card.get(name, ())}
        for given in need.get(name) or ():
            if given.get("wish") != "avoid" and given["term"] in depths:
                yield _skill(name, given["term"], depths[given["term"]])


def _own(card: Mapping[str, Any]) -> list[Skill]:
    deepest = [term.slug for term in reversed(vocabulary.terms("depths"))]
    skills = sorted(
        card.get("specialties", ()), key=lambda skill: deepest.index(skill["depth"])
    )
    return [_skill("specialties", one["term"], one["depth"]) for one in skills[:4]]


def _skill(name: str, term: str, depth: str) -> Skill:
    return Skill(
        short_label(name, term),
        depth,
        vocabulary.label("depths", depth).lower(),
    )
