"""The criteria panel: every field of the form with what is chosen and its counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from network.clinicians import vocabulary
from network.clinicians.forms.find_criteria import CRITERIA, Criterion
from network.clinicians.forms.find_menus import Counts, Option, menus

SUGGESTED = 6


@dataclass(frozen=True)
class TermRow:
    option: Option
    wish: str = "prefer"
    depth: str = ""


@dataclass(frozen=True)
class TermsField:
    """Several terms: the chosen ones with their wishes, then the likely others."""

    criterion: Criterion
    rows: tuple[TermRow, ...]
    others: tuple[Option, ...]
    errors: tuple[str, ...] = ()
    kind = "terms"

    @property
    def name(self) -> str:
        return self.criterion.name


@dataclass(frozen=True)
class TermField:
    criterion: Criterion
    options: tuple[Option, ...]
    wish: str
    errors: tuple[str, ...] = ()
    kind = "term"

    @property
    def name(self) -> str:
        return self.criterion.name


@dataclass(frozen=True)
class PlainField:
    """A field with a template of its own, and the menus that this template needs."""

    name: str
    given: Any
    menus: Mapping[str, Any]
    errors: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.name


Field = TermsField | TermField | PlainField


@dataclass(frozen=True)
class Group:
    """One fold of the panel; `given` counts the criteria in it."""

    key: str
    title: str
    fields: tuple[Field, ...]
    given: int

    @property
    def is_open(self) -> bool:
        return bool(self.given) or any(field.errors for field in self.fields)


GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("specialty", "Specialty", ("specialties",)),
    ("approach", "Approach", ("approaches",)),
    ("severity", "Severity and care", ("acuity", "risk", "level_of_care")),
    ("client", "Who comes", ("age_group", "participants")),
    ("place", "Place", ("place", "format")),
    ("openings", "Openings", ("openings",)),
    ("payment", "Payment", ("payment",)),
    (
        "preferences",
        "The client would like",
        ("gender", "languages", "communities", "faith", "style"),
    ),
    ("leave-out", "Leave out", ("exclude",)),
    ("reason", "Kind and reason", ("kind",)),
    ("more", "Words and weights", ("text", "weights")),
)
# Two keys of the need that share one field of the page.
JOINED = {"kind": ("reasons",), "text": ("include_unclaimed",)}


def panel(
    need: Mapping[str, Any],
    facets: Mapping[str, Counts],
    errors: Mapping[str, Iterable[str]] | None = None,
) -> list[Group]:
    """`errors` say by criterion what is wrong with the form as it was sent."""
    wrong = errors or {}
    return [
        Group(
            key=key,
            title=title,
            fields=tuple(
                replace(
                    _field(name, need, facets.get(name, {})),
                    errors=tuple(wrong.get(name, ())),
                )
                for name in names
            ),
            given=sum(_count(need, name) for name in names),
        )
        for key, title, names in GROUPS
    ]


def _count(need: Mapping[str, Any], name: str) -> int:
    values = [need.get(key) for key in (name, *JOINED.get(name, ()))]
    return sum(len(v) if isinstance(v, list) else bool(v) for v in values)


def _field(name: str, need: Mapping[str, Any], counts: Counts) -> Field:
    criterion = CRITERIA.get(name)
    if criterion is None:
        given = _given(name, need)
        return PlainField(name, given, menus(name, given, counts))
    if criterion.many:
        return _terms_field(criterion, need.get(name) or (), counts)
    return _term_field(criterion, need.get(name) or {}, counts)


def _given(name: str, need: Mapping[str, Any]) -> Any:
    if name not in JOINED:
        return need.get(name)
    return {key: need.get(key) for key in (name, *JOINED[name])}


def _terms_field(
    criterion: Criterion, given: Iterable[Mapping[str, Any]], counts: Counts
) -> TermsField:
    rows = tuple(
        TermRow(
            _option(criterion, one["term"], counts, chosen=True),
            one.get("wish") or "prefer",
            one.get("depth") or "",
        )
        for one in given
    )
    taken = {row.option.value for row in rows}
    likely = [slug for slug in _likely(criterion, counts) if slug not in taken]
    others = tuple(_option(criterion, slug, counts) for slug in likely[:SUGGESTED])
    return TermsField(criterion, rows, others)


def _likely(criterion: Criterion, counts: Counts) -> list[str]:
    """The most frequent among those who match, then the list in its own order."""
    counted = sorted(counts, key=lambda slug: (-counts[slug], slug))
    terms = vocabulary.terms(criterion.vocabulary)
    listed = [term.slug for term in terms if term.status == "active"]
    return list(dict.fromkeys((*counted, *listed)))


def _term_field(
    criterion: Criterion, given: Mapping[str, Any], counts: Counts
) -> TermField:
    options = tuple(
        _option(criterion, term.slug, counts, chosen=term.slug == given.get("term"))
        for term in vocabulary.terms(criterion.vocabulary)
    )
    return TermField(criterion, options, given.get("wish") or "prefer")


def _option(
    criterion: Criterion, slug: str, counts: Counts, *, chosen: bool = False
) -> Option:
    known = slug in vocabulary.slugs(criterion.vocabulary)
    label = vocabulary.label(criterion.vocabulary, slug) if known else slug
    return Option(slug, label, counts.get(slug), chosen)
