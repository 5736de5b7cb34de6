"""What somebody asks of the trail."""

from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from home.staff.families import FAMILIES
from home.staff.trail import Question

SIDES = [("", "Either"), ("actor", "What the person did"), ("subject", "What was done")]


class AuditForm(forms.Form):
    family = forms.ChoiceField(
        label="What?", required=False, choices=[("", "Everything"), *FAMILIES.items()]
    )
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="To", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    side = forms.ChoiceField(required=False, choices=SIDES, widget=forms.HiddenInput)
    before = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )

    def question(self) -> Question:
        said = {name: self.cleaned_data[name] for name in Question.__annotations__}
        return Question(**said)

    def address(self, *, before: int) -> str:
        """Of the next page: the same question, further back."""
        said = {name: self.cleaned_data[name] for name in Question.__annotations__}
        kept = {name: str(value) for name, value in said.items() if value}
        return f"{reverse('staff:audit')}?{urlencode(kept | {'before': before})}"
