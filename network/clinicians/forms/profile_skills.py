"""Long lists with a ladder: how deep for each term, or how well for each language."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Protocol

from django import forms
from django.forms import BoundField

from network.clinicians import vocabulary
from network.clinicians.actions.skills import ApproachClaim, SpecialtyClaim
from network.clinicians.forms.profile_fields import (
    NumberField,
    TermsField,
    offered,
    options,
)
from network.clinicians.models import Clinician, NotForMe, SpecialtySkill
from network.clinicians.vocabulary import Term


class Skill(Protocol):
    """A row that says how far up the ladder somebody is with a term."""

    term: str


class LadderForm(forms.Form):
    """One select a term; what is listed comes first and may say more."""

    relation: ClassVar[str]  # from a clinician to her rows
    terms: ClassVar[str]  # the list of the vocabulary
    ladder: ClassVar[str] = "depths"
    step: ClassVar[str] = "depth"  # the column that holds it

    def __init__(self, clinician: Clinician, data: Any = None) -> None:
        super().__init__(data, auto_id="id_%s")
        rows: Iterable[Skill] = getattr(clinician, self.relation).all()
        self.held = {row.term: row for row in rows}
        for term in offered(self.terms):
            row = self.held.get(term.slug)
            self.fields[term.slug] = forms.ChoiceField(
                choices=[("", "not listed"), *options(self.ladder)],
                required=False,
                label=term.label,
                initial=getattr(row, self.step) if row else "",
                widget=forms.Select(attrs={"class": "input", **_also_named(term)}),
            )
            for name, field in (self.details(row) if row else {}).items():
                self.fields[f"{term.slug}:{name}"] = field

    def details(self, row: Any) -> Mapping[str, forms.Field]:
        """What more a listed term may say."""
        return {}

    @property
    def listed(self) -> Iterator[tuple[BoundField, list[BoundField]]]:
        for slug in self.held:
            if slug in self.fields:
                more = [n for n in self.fields if n.startswith(f"{slug}:")]
                yield self[slug], [self[name] for name in more]

    @property
    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """What is not listed yet, under the headings of the list."""
        for slug, label in vocabulary.groups(self.terms).items():
            fields = [
                self[term.slug]
                for term in offered(self.terms)
                if term.group == slug and term.slug not in self.held
            ]
            if fields:
                yield label, fields

    def said(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Each listed term, its step, and what more was said of it."""
        for term in offered(self.terms):
            if step := self.cleaned_data.get(term.slug):
                start = f"{term.slug}:"
                more = {
                    name.removeprefix(start): value
                    for name, value in self.cleaned_data.items()
                    if name.startswith(start)
                }
                yield term.slug, step, more


class SpecialtiesForm(LadderForm):
    relation, terms = "specialty_skills", "specialties"

    def details(self, row: Any) -> Mapping[str, forms.Field]:
        return {
            "evidence": _words("Evidence", 200, row.evidence),
            "hours": _filled(
                NumberField(label="Training hours", most=20_000), row.hours
            ),
            "cases": forms.ChoiceField(
                choices=[("", "not said"), *SpecialtySkill.Cases.choices],
                required=False,
                label="Cases in 24 months",
                initial=row.cases,
            ),
        }

    def claims(self) -> list[SpecialtyClaim]:
        return [
            SpecialtyClaim(term, depth, **more) for term, depth, more in self.said()
        ]


class ApproachesForm(LadderForm):
    relation, terms = "approach_skills", "approaches"

    def details(self, row: Any) -> Mapping[str, forms.Field]:
        return {"issuer": _words("Trained or certified by", 120, row.issuer)}

    def claims(self) -> list[ApproachClaim]:
        return [ApproachClaim(term, depth, **more) for term, depth, more in self.said()]


class LanguagesForm(LadderForm):
    relation, terms = "language_skills", "languages"
    ladder, step = "language_levels", "level"

    def claims(self) -> list[tuple[str, str]]:
        return [(term, level) for term, level, _ in self.said()]


class ExclusionsForm(forms.Form):
    """What is not for her; the search obeys it, shown or not."""

    specialties = TermsField("specialties", label="Not these presenting needs")
    age_groups = TermsField("age_groups", label="Not these ages")
    participants = TermsField("participants", label="Not these settings")
    risks = TermsField("risks", label="Not these risks")

    def __init__(self, clinician: Clinician, data: Any = None) -> None:
        held: dict[str, list[str]] = {name: [] for name in NotForMe.LISTS}
        for row in clinician.not_for_me.all():
            held[row.list].append(row.term)
        super().__init__(data, initial=held, auto_id="id_%s")

    def claims(self) -> list[tuple[str, str]]:
        return [
            (name, term)
            for name in NotForMe.LISTS
            for term in self.cleaned_data.get(name, ())
        ]


def _also_named(term: Term) -> dict[str, str]:
    """What else a term is called, for whoever narrows the list by it."""
    return {"data-words": " ".join([*term.abbreviations, *term.synonyms]).lower()}


def _words(label: str, limit: int, held: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, required=False, initial=held)


def _filled(field: forms.Field, held: Any) -> forms.Field:
    field.initial = held
    return field
