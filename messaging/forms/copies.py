"""In which format, and which part of it, a conversation is taken away."""

from typing import Any

from django import forms

from messaging.copies import Part


class CopyForm(forms.Form):
    part = forms.ChoiceField(label="As")

    def __init__(self, found: list[Part], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.parts = {part.code: part for part in found}
        choices = [(part.code, part.label) for part in found]
        self.fields["part"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Part:
        return self.parts[self.cleaned_data["part"]]
