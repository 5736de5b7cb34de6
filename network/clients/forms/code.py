"""The six digits that a therapist told her client."""

import re

from django import forms

WRONG = "This is not the code. You can try {left} more time{s}."
NO_CODE = "The code has six digits."


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Your code",
        max_length=20,
        help_text="Six digits. Your therapist told you the code.",
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )

    def clean_code(self) -> str:
        """People write it in two halves."""
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch("[0-9]{6}", code):
            raise forms.ValidationError(NO_CODE)
        return code

    @staticmethod
    def wrong(left: int) -> str:
        return WRONG.format(left=left, s="" if left == 1 else "s")
