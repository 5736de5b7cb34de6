"""Whom of a conversation somebody reports, and whether she blocks her too."""

from collections.abc import Sequence
from typing import Any

from django import forms

from network.clinicians.forms.report import ReportForm
from network.clinicians.models import Clinician

HINT = (
    "Only moderators read it. They do not see the conversation: say what happened, "
    "and name no client."
)


class MemberReportForm(ReportForm):
    person = forms.ChoiceField(
        label="Who?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who it is about."},
    )
    block = forms.BooleanField(
        label="Block too",
        required=False,
        help_text="Neither of you finds the other, or writes to the other alone. "
        "It can be undone in the settings.",
    )
    field_order = ("person", "ground", "words", "block")

    def __init__(self, people: Sequence[Clinician], *args: Any, **more: Any) -> None:
        """Of one there is nothing to choose."""
        super().__init__(*args, **more)
        self.people = {str(one.public_id): one for one in people}
        self.fields["words"].help_text = HINT
        if len(people) == 1:
            del self.fields["person"]
        else:
            choices = [(key, one.name) for key, one in self.people.items()]
            self.fields["person"].choices = choices  # type: ignore[attr-defined]

    def reported(self) -> Clinician:
        [only, *_] = self.people
        return self.people[self.cleaned_data.get("person", only)]
