"""Fields that offer the terms of a list, and nothing else."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from network.clinicians import vocabulary
from network.clinicians.vocabulary import Term

Options = list[tuple[str, str]]
AT_A_GLANCE = 24
PARTS = ("morning", "midday", "afternoon", "evening")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def offered(name: str) -> Iterator[Term]:
    """Terms that still stand for themselves."""
    for term in vocabulary.terms(name):
        if term.merged_into is None and term.status == "active":
            yield term


def options(name: str) -> Options:
    return [(term.slug, term.label) for term in offered(name)]


def grouped(name: str) -> list[tuple[str, Options]]:
    """In the order of the groups."""
    terms = list(offered(name))
    groups = vocabulary.groups(name)
    found = [
        (label, [(term.slug, term.label) for term in terms if term.group == slug])
        for slug, label in groups.items()
    ]
    return [(label, held) for label, held in found if held]


class Ticks(forms.CheckboxSelectMultiple):
    """Checkboxes under the headings of their groups; long lists can be narrowed."""

    template_name = "clinicians/profile/_ticks.html"


class Week(forms.CheckboxSelectMultiple):
    """Seven days of four parts."""

    template_name = "clinicians/profile/_week.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        boxes = {
            str(option["value"]): option
            for _, group, _ in context["widget"]["optgroups"]
            for option in group
        }
        rows = [
            (day.title(), [boxes[f"{day}-{part}"] for part in PARTS]) for day in DAYS
        ]
        return {**context, "parts": PARTS, "rows": rows}


class TermsField(forms.MultipleChoiceField):
    """Any number of a list's terms."""

    def __init__(self, name: str, *, label: str, help_text: str = "") -> None:
        is_week = name == "slots"
        flat = options(name)
        super().__init__(
            choices=flat if is_week or len(flat) <= AT_A_GLANCE else grouped(name),
            widget=Week if is_week else Ticks,
            required=False,
            label=label,
            help_text=help_text,
        )


class TermField(forms.ChoiceField):
    """One term of a list, or none where that is an answer."""

    def __init__(self, name: str, *, label: str, none: str = "", **more: Any) -> None:
        groups = grouped(name)
        listed: Iterable[Any] = groups if len(groups) > 1 else options(name)
        super().__init__(
            choices=[("", none or "Choose"), *listed],
            required=not none,
            label=label,
            **more,
        )


class DayField(forms.DateField):
    """A day, by the browser's own calendar."""

    def __init__(
        self, *, label: str, required: bool = True, help_text: str = ""
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )


class NumberField(forms.IntegerField):
    """A small whole number, or nothing."""

    def __init__(self, *, label: str, most: int, help_text: str = "") -> None:
        super().__init__(
            label=label,
            min_value=0,
            max_value=most,
            required=False,
            help_text=help_text,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )
