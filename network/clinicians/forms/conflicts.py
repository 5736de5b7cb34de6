"""An entry of a register, and names that are looked up in those of colleagues."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from network.clinicians.actions.conflicts import MOST_NAMES_A_DAY, Draft
from network.clinicians.conflicts.people import Named
from network.clinicians.models import ConflictEntry
from network.privacy.lines import LineField, one_line

LONGEST = 120
OLDEST = 1900
YEAR = re.compile(r"^(.*?)[\s,;(]+((?:19|20)\d\d)\)?$")
TOO_MANY = (
    "This is more than ten people within a day; a line of many names counts for "
    "several. Leave names out and ask the colleague yourself, or come back tomorrow."
)
WHOLE = "Give the first and the family name."


class ConflictForm(forms.Form):
    kind = forms.ChoiceField(
        label="What it is",
        choices=ConflictEntry.Kind.choices,
        initial=ConflictEntry.Kind.PERSON,
        widget=forms.RadioSelect,
    )
    label = LineField(
        label="Name",
        max_length=LONGEST,
        help_text="Of a person the first and the family name; a family by its name "
        "alone: then everybody who bears it may overlap.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give the name."},
    )
    born = forms.IntegerField(
        label="Year of birth",
        required=False,
        min_value=OLDEST,
        help_text="Of a person, if you know it: whoever was born in another year is "
        "not meant.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_born(self) -> int | None:
        return _past(self.cleaned_data["born"])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        is_person = said.get("kind") == ConflictEntry.Kind.PERSON
        if is_person and said.get("label") and not Named(said["label"]).is_whole:
            self.add_error("label", WHOLE)
        if not is_person:
            said["born"] = None
        return said

    def draft(self) -> Draft:
        return Draft(**self.cleaned_data)


class NamesField(forms.CharField):
    """Some people, one a line, perhaps with a year of birth behind the name."""

    def __init__(self) -> None:
        super().__init__(
            label="Names to check for conflicts",
            required=False,
            max_length=MOST_NAMES_A_DAY * LONGEST,
            help_text="The client, and whoever is close: one a line, with the year of "
            "birth if you know it (Maria Lopez 1984). They are compared with what each "
            "colleague has noted privately, and not kept. Ten people a day.",
            widget=forms.Textarea(
                {"rows": 3, "autocomplete": "off", "spellcheck": "false"}
            ),
        )

    def clean(self, value: Any) -> list[Named]:
        lines = super().clean(value).splitlines()
        return list(named_in([line for line in map(one_line, lines) if line]))


def named_in(lines: list[str]) -> Iterator[Named]:
    for line in lines:
        found = YEAR.match(line)
        name, year = found.groups() if found else (line, None)
        one = Named(name.strip(), _past(int(year)) if year else None)
        if not one.is_whole:
            raise ValidationError(f"{WHOLE} One a line.")
        yield one


def _past(year: int | None) -> int | None:
    if year and year > timezone.localdate().year:
        raise ValidationError("This year is still to come.")
    return year
