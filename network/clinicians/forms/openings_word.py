"""One word about openings: still so many, another number, a pause, back again."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.core.exceptions import ValidationError

from network.clinicians.actions import openings as actions

Say = Callable[..., None]
MOST = 99
PAUSES = (1, 2, 4)


SAYINGS: dict[str, Say] = {
    "still": actions.confirm_openings,
    "back": actions.end_pause,
    **{f"pause-{weeks}": partial(actions.pause, weeks=weeks) for weeks in PAUSES},
    **{
        str(total): partial(actions.count_openings, total=total)
        for total in range(MOST + 1)
    },
}


class OpeningsWordForm(forms.Form):
    """Every button of the page sends one word; a number may also be typed."""

    word = forms.CharField(
        label="Another number",
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Say how many."},
    )

    def clean_word(self) -> Say:
        word = self.cleaned_data["word"]
        if word not in SAYINGS:
            raise ValidationError(f"A whole number from 0 to {MOST}.")
        return SAYINGS[word]
