"""Sections of several rows: licences, compacts, places, programmes, openings."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from network.clinicians.actions.licences import LicenceClaim, PrivilegeClaim
from network.clinicians.actions.openings import OpeningClaim
from network.clinicians.actions.places import Address, ProgrammeClaim
from network.clinicians.forms.profile_fields import (
    DayField,
    NumberField,
    TermField,
    TermsField,
    options,
)
from network.clinicians.geography import find_zip
from network.clinicians.models import Clinician, Place
from network.clinicians.reach import EVERYWHERE
from network.privacy.lines import LineField

MOST_ROWS = 60


class LicenceForm(forms.Form):
    state = TermField("states", label="State")
    type = forms.CharField(max_length=40, required=False, label="Type, as LCSW")
    number = forms.CharField(max_length=40, required=False, label="Number")
    expires_on = DayField(label="Valid until", required=False)

    def claim(self) -> LicenceClaim:
        return LicenceClaim(**_said(self))


class PrivilegeForm(forms.Form):
    compact = TermField("compacts", label="Compact")
    home_state = TermField("states", label="Home state")
    jurisdictions = forms.MultipleChoiceField(
        required=False,
        label="Only in",
        help_text="None chosen means every state of the compact.",
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    valid_from = DayField(label="From", required=False)
    valid_to = DayField(
        label="Until", required=False, help_text="Without an end it does not count."
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["jurisdictions"].choices = options("states")  # type: ignore[attr-defined]

    def clean(self) -> None:
        found = self.cleaned_data
        first, last = found.get("valid_from"), found.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "This is before the beginning.")

    def claim(self) -> PrivilegeClaim:
        said = _said(self)
        where = tuple(said.pop("jurisdictions")) or (EVERYWHERE,)
        return PrivilegeClaim(jurisdictions=where, **said)


class AddressForm(forms.Form):
    name = LineField(
        max_length=120,
        required=False,
        label="Name of the practice",
        help_text="Colleagues who give the same name and address share it.",
    )
    street = forms.CharField(max_length=120, required=False, label="Street")
    zip = forms.CharField(max_length=10, label="ZIP")
    phone = forms.CharField(max_length=30, required=False, label="Telephone")

    def clean_zip(self) -> str:
        found = find_zip(self.cleaned_data["zip"])
        if found is None:
            raise ValidationError("No place in the United States has this ZIP.")
        return found.code

    def claim(self) -> Address:
        return Address(**_said(self))


class ProgrammeForm(forms.Form):
    name = LineField(max_length=120, label="Name of the programme")
    levels_of_care = TermsField("levels_of_care", label="Levels of care")
    intake_phone = forms.CharField(
        max_length=30, required=False, label="Telephone of the intake"
    )
    places_open = NumberField(label="Places open", most=1000)
    confirmed_on = DayField(label="As of", required=False)
    is_part2 = forms.BooleanField(
        label="A substance use programme under 42 CFR Part 2",
        required=False,
        help_text="Then a packet of yours says so, unless you say that it is from "
        "elsewhere.",
    )

    def claim(self) -> ProgrammeClaim:
        said = _said(self)
        return ProgrammeClaim(levels_of_care=tuple(said.pop("levels_of_care")), **said)


class OpeningForm(forms.Form):
    count = forms.IntegerField(min_value=0, max_value=99, label="How many")
    slots = TermsField("slots", label="When", help_text="None ticked means any time.")
    format = TermField("formats", label="How", none="Either")
    payer = TermField("payers", label="Only with", none="Any payment")
    available_on = DayField(label="From", required=False)

    def claim(self) -> OpeningClaim:
        said = _said(self)
        return OpeningClaim(slots=tuple(said.pop("slots")), **said)


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """Rows that are there, one empty row, and a tick to take a row away."""

    def claims(self) -> list[Any]:
        kept = [form for form in self.forms if form.cleaned_data]
        return [form.claim() for form in kept if not form.cleaned_data["DELETE"]]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Take this one away"


def licences(clinician: Clinician, data: Any = None) -> Rows:
    return _rows(LicenceForm, clinician.licences.all(), data)


def privileges(clinician: Clinician, data: Any = None) -> Rows:
    return _rows(PrivilegeForm, clinician.privileges.all(), data)


def addresses(clinician: Clinician, data: Any = None) -> Rows:
    places = clinician.places.select_related("practice")
    held = [_address(place) for place in places]
    return _rows(AddressForm, held, data)


def programmes(clinician: Clinician, data: Any = None) -> Rows:
    return _rows(ProgrammeForm, clinician.programmes.all(), data)


def openings(clinician: Clinician, data: Any = None) -> Rows:
    return _rows(OpeningForm, clinician.openings.all(), data)


def _rows(form: type[forms.Form], held: Any, data: Any) -> Rows:
    kind = formset_factory(
        form,
        formset=Rows,
        extra=1,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 1,
        validate_max=True,
    )
    initial = [
        {name: _shown(getattr(row, name)) for name in form.base_fields} for row in held
    ]
    # A page that is kept while it is filled in does not know its rows are held by now:
    # taken for unchanged, they would be taken for empty.
    known = len(initial) if data is None else _known(data)
    rows: Rows = kind(data, initial=initial[:known], prefix="row")  # type: ignore[assignment]
    return rows


def _known(data: Mapping[str, Any]) -> int:
    """How many rows the page already had when it was shown."""
    sent = str(data.get("row-INITIAL_FORMS", ""))
    return min(int(sent), MOST_ROWS) if sent.isascii() and sent.isdigit() else 0


def _address(place: Place) -> Address:
    one = place.practice
    return Address(one.name, one.street, one.zip, place.phone)


def _shown(value: Any) -> Any:
    return [] if value == [EVERYWHERE] else value


def _said(form: forms.Form) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.base_fields}
