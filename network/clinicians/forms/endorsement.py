"""One colleague's word on a specialty of another: its ground and its years."""

from typing import Any

from django import forms
from django.utils import timezone

from network.clinicians import vocabulary
from network.clinicians.actions.endorsements import Claim
from network.clinicians.endorsements.permissions import bases_between
from network.clinicians.models import Clinician, Endorsement

EARLIEST = 1960


class YearField(forms.IntegerField):
    def __init__(self, *, label: str, required: bool = True) -> None:
        super().__init__(
            label=label,
            required=required,
            min_value=EARLIEST,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )

    def clean(self, value: Any) -> int | None:
        year: int | None = super().clean(value)
        if year is not None and year > timezone.localdate().year:
            raise forms.ValidationError("This year has not come yet.")
        return year


class EndorsementForm(forms.Form):
    """Only what the colleague lists, and only grounds that are true of the two."""

    specialty = forms.ChoiceField(label="Specialty")
    basis = forms.ChoiceField(
        label="How you know the work", widget=forms.RadioSelect, initial=""
    )
    from_year = YearField(label="From the year")
    to_year = YearField(label="To the year")

    def __init__(
        self, endorser: Clinician, colleague: Clinician, data: Any = None
    ) -> None:
        super().__init__(data, auto_id="id_%s")
        self.fields["specialty"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((term, vocabulary.label("specialties", term)) for term in _of(colleague)),
        ]
        labels = dict(Endorsement.Basis.choices)
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            (basis, labels[basis]) for basis in bases_between(endorser, colleague)
        ]

    def clean(self) -> None:
        first, last = (self.cleaned_data.get(n) for n in ("from_year", "to_year"))
        if first and last and last < first:
            self.add_error("to_year", "This is before the year in which it began.")

    def claim(self) -> Claim:
        return Claim(**self.cleaned_data)


def _of(colleague: Clinician) -> list[str]:
    return [one.term for one in colleague.specialty_skills.all()]
