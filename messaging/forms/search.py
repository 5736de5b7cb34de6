"""What somebody looks for in her conversations."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from messaging.limits import LONGEST_SEARCH
from messaging.search.wanted import NothingToFindError, Wanted, Words, moments

TELL_MORE = "Use a word that says more: a name of a method, a day, what it was about."
Choices = Iterable[tuple[str, str]]


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    words = forms.CharField(
        label="Words",
        max_length=LONGEST_SEARCH,
        help_text="All of them, in any form. “Between quotes” exactly as they stand.",
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
        error_messages={"required": "Write what you look for."},
    )
    since = forms.DateField(label="From", required=False, widget=_day())
    until = forms.DateField(label="Until", required=False, widget=_day())

    def __init__(
        self, people: Choices, conversations: Choices, *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["person"] = _choice("Written by", "anybody", people)
        self.fields["conversation"] = _choice("In", "any conversation", conversations)
        self.order_fields(["words", "person", "conversation", "since", "until"])

    def clean_words(self) -> Words:
        try:
            return Words.read(self.cleaned_data["words"])
        except NothingToFindError:
            raise forms.ValidationError(TELL_MORE) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", "This is before the first day.")
        return said

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        since, until = moments(said["since"], said["until"])
        return Wanted(said["words"], said["person"], said["conversation"], since, until)

    @property
    def is_narrowed(self) -> bool:
        filters = ("person", "conversation", "since", "until")
        return any(self.data.get(name) for name in filters)


def _choice(label: str, nobody: str, choices: Choices) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", nobody), *choices],
        coerce=UUID,
        empty_value=None,
        required=False,
        widget=forms.Select({"class": "input"}),
    )
