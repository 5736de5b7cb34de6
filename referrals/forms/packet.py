"""What is written in a packet, enclosed, and said when it is sent."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms

from messaging.guarding import Reason
from network.clients.consents import today
from network.clinicians.forms.profile_fields import DayField
from referrals.actions.packing import LONGEST_OPEN, Sending, Summary
from referrals.actions.stepping import Click
from referrals.packets.parts import LONGEST, NO_NOTES, Part

USUAL = timedelta(days=30)
ENDINGS = ".jpg,.jpeg,.png,.webp,.pdf,.txt"
HINTS = {
    Part.REASON: "In a few sentences: what brings the client, and since when.",
    Part.COURSE: "Earlier treatment, and how it went.",
    Part.RISKS: "What to look out for, and the plan that the two of you made.",
    Part.MEDICATION: "Nobody checks it here: the colleague asks again.",
    Part.PRACTICAL: "Times, payment, the way, language, what to know before a call.",
}


class PacketForm(forms.Form):
    """Pressed twice it is one step."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        changes: int,
        data: Any = None,
        files: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        held = {"key": uuid4(), "seen": changes, **(initial or {})}
        super().__init__(data, files, initial=held)

    @property
    def click(self) -> Click:
        return Click(self.cleaned_data["key"], self.cleaned_data["seen"])


class NoNotesField(forms.BooleanField):
    def __init__(self) -> None:
        said = {"required": "Say so: psychotherapy notes are never taken here."}
        super().__init__(label=NO_NOTES, error_messages=said)


class SummaryForm(PacketForm):
    """One box a part; none has to be filled."""

    is_part2 = forms.BooleanField(
        label="It comes from a substance use programme under 42 CFR Part 2",
        required=False,
        help_text="Then the client’s consent has to name alcohol or drug care. A copy "
        "of it and the federal notice go along.",
    )
    no_notes = NoNotesField()
    field_order = ["key", "seen", *Part.values, "is_part2", "no_notes"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for part in Part:
            self.fields[part] = forms.CharField(
                label=part.label,
                help_text=HINTS.get(part, ""),
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
            )
        self.order_fields(self.field_order)

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[part] for part in Part]

    @property
    def ticks(self) -> list[forms.BoundField]:
        return [self["is_part2"], self["no_notes"]]

    def summary(self) -> Summary:
        said = self.cleaned_data
        parts = {part: said[part] for part in Part.values}
        return Summary(parts, is_part2=said["is_part2"], no_notes=said["no_notes"])


class EnclosingForm(PacketForm):
    file = forms.FileField(
        label="A file",
        help_text="A picture, a PDF or plain text, up to 10 MB. A picture loses where "
        "and when it was taken; a PDF keeps what it says of its author.",
        widget=forms.FileInput({"accept": ENDINGS}),
        error_messages={"required": "Choose a file first."},
    )
    no_notes = NoNotesField()


class SendingForm(PacketForm):
    expires_on = DayField(
        label="Open until", help_text="On that day it closes, within a year."
    )
    guard_reason = forms.ChoiceField(
        label="The guard found something that tells who it is. Why does it stay?",
        choices=[("", "Choose"), *Reason.choices],
        error_messages={"required": "Say why it stays, or change it."},
    )

    def __init__(self, *args: Any, is_telling: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("expires_on", today() + USUAL)
        if not is_telling:
            del self.fields["guard_reason"]

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if not today() < day <= today() + LONGEST_OPEN:
            raise forms.ValidationError("Choose a day within the next twelve months.")
        return day

    def sending(self) -> Sending:
        said = self.cleaned_data
        return Sending(said["expires_on"], said.get("guard_reason", ""))
