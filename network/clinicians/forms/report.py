"""What a member says who reports a profile, and what a reported person answers."""

from django import forms

from network.clinicians.moderation.states import WORDS_LIMIT, Ground


class ReportForm(forms.Form):
    ground = forms.ChoiceField(
        label="What is wrong?", choices=Ground.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="What did you see?",
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Only moderators read it. Name no client.",
    )


class AppealForm(forms.Form):
    words = forms.CharField(
        label="Why should it be looked at again?",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Somebody reads it who did not ask for the suspension.",
    )
