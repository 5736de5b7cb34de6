"""How a party wants to be reached: choices, no words."""

from typing import Any

from django import forms

WAYS = [
    ("call", "Call me"),
    ("text", "Text me"),
    ("email", "E-mail me"),
    ("letter", "Write me a letter"),
]
VOICEMAIL = [
    ("yes", "Yes"),
    ("name-only", "Yes, but say only your first name and number"),
    ("no", "No, please do not"),
]
TIMES = [
    ("any", "Any time"),
    ("morning", "Morning"),
    ("day", "Midday"),
    ("evening", "Evening"),
]


class WishesForm(forms.Form):
    way = forms.ChoiceField(
        label="How should people reach you?", choices=WAYS, widget=forms.RadioSelect
    )
    voicemail = forms.ChoiceField(
        label="May they leave a voice message?",
        choices=VOICEMAIL,
        widget=forms.RadioSelect,
    )
    time = forms.ChoiceField(
        label="What time is best?", choices=TIMES, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, known: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=known)


LABELS = {"way": dict(WAYS), "voicemail": dict(VOICEMAIL), "time": dict(TIMES)}


def in_words(wishes: dict[str, str] | None) -> list[tuple[str, str]]:
    """Question and answer, of what was said."""
    fields = WishesForm.base_fields
    return [
        (str(fields[name].label), LABELS[name].get(value, ""))
        for name, value in (wishes or {}).items()
        if name in LABELS
    ]
