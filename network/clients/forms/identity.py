"""Who a party is, and what somebody opens that for."""

from typing import Any

from django import forms

from network.clients.actions.identity import Identity
from network.clients.wording import Why

OFF = {"autocomplete": "off"}


class IdentityForm(forms.Form):
    name = forms.CharField(
        label="Name", max_length=120, required=False, widget=forms.TextInput(OFF)
    )
    phone = forms.CharField(
        label="Phone", max_length=40, required=False, widget=forms.TextInput(OFF)
    )
    email = forms.EmailField(
        label="E-mail", max_length=254, required=False, widget=forms.EmailInput(OFF)
    )
    address = forms.CharField(
        label="Address",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2, **OFF}),
    )

    def __init__(self, data: Any = None, known: Identity | None = None) -> None:
        super().__init__(data, initial=vars(known) if known else None)

    def identity(self) -> Identity:
        return Identity(**self.cleaned_data)


class WhyForm(forms.Form):
    why = forms.ChoiceField(
        label="What for?", choices=Why.choices, widget=forms.RadioSelect
    )

    def chosen(self) -> Why:
        return Why(self.cleaned_data["why"])
