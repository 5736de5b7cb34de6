"""What must be so before identities of clients may be kept."""

from typing import Any

from django import forms
from django.utils import timezone

from home.actions.mode import AssociateAgreement


class IdentityForm(forms.Form):
    texts = forms.BooleanField(
        label="The terms of use and the privacy notice have been adapted to this "
        "network, by somebody who may answer for it."
    )
    with_whom = forms.CharField(
        label="Business associate agreement with",
        max_length=120,
        help_text="The organisation that runs this installation, or its host.",
    )
    signed_on = forms.DateField(
        label="Signed on", widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("It must have been signed already.")
        return day

    @property
    def agreement(self) -> AssociateAgreement:
        given = self.cleaned_data
        return AssociateAgreement(given["with_whom"], given["signed_on"])
