"""What is known of a client: choices, a few digits, and a line for its owner alone."""

from typing import Any

from django import forms

from network.clients.actions.clients import Draft, PartyDraft, signs_usually
from network.clients.facts import faults, years
from network.clients.models import Client, Party
from network.clinicians.forms.profile_fields import TermField

NOTE_LIMIT = 200


class ClientForm(forms.Form):
    unit = forms.ChoiceField(
        label="Whom do you see?", choices=Client.Unit.choices, widget=forms.RadioSelect
    )
    age_band = TermField("age_groups", label="Age", none="Not said")
    state = TermField("states", label="State", none="Not said")
    zip3 = forms.CharField(
        label="First three digits of the ZIP",
        required=False,
        max_length=3,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "off", "size": "3"}
        ),
        help_text="Only where more than 20,000 people share them.",
    )
    year = forms.TypedChoiceField(
        label="With you since", required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(
        label="A line for you alone",
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="So that you know whom you mean: no name, no date. Kept encrypted.",
    )

    def __init__(self, data: Any = None, client: Client | None = None) -> None:
        held = {name: getattr(client, name) for name in self.base_fields if client}
        super().__init__(data, initial=held or {"unit": Client.Unit.INDIVIDUAL})
        choices = [("", "Not said"), *((year, str(year)) for year in years())]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        for field, words in faults(self.cleaned_data):
            self.add_error(field, words)
        return self.cleaned_data

    def draft(self) -> Draft:
        unit = Client.Unit(self.cleaned_data["unit"])
        return Draft(**{**self.cleaned_data, "unit": unit})


class PartyForm(forms.Form):
    role = forms.ChoiceField(label="Who is it?", choices=Party.Role.choices)

    def draft(self) -> PartyDraft:
        role = Party.Role(self.cleaned_data["role"])
        return PartyDraft(role, signs_usually(role))


class SignsForm(forms.Form):
    """Of a guardian or a minor: an adult always signs."""

    signs = forms.ChoiceField(
        label="Signature", choices=Party.Signs.choices, widget=forms.RadioSelect
    )
    custody = forms.CharField(
        label="A note on custody",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
        help_text="What the order or agreement says, without names. Kept encrypted.",
    )
