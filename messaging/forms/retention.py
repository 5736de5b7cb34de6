"""For how long messages are kept."""

from django import forms

from messaging.retention import SPANS


class KeepForm(forms.Form):
    days = forms.TypedChoiceField(
        label="Messages are deleted",
        choices=list(SPANS.items()),
        coerce=int,
        widget=forms.RadioSelect,
    )
