"""What a person may choose for herself, and for the device in front of her."""

from datetime import time
from typing import Any

from django import forms

from home.kinds import KINDS, cadences, pushes
from network.accounts.models import User
from network.activity.preferences.clock import preferences_of, zones
from network.activity.preferences.timing import (
    cadence_of,
    cadences_for,
    is_pushed,
)


class DeviceForm(forms.Form):
    appearance = forms.ChoiceField(
        label="Appearance",
        choices=[("auto", "As the system"), ("light", "Light"), ("dark", "Dark")],
        initial="auto",
        widget=forms.RadioSelect,
    )
    text = forms.ChoiceField(
        label="Text size",
        choices=[("usual", "Usual"), ("large", "Large")],
        initial="usual",
        widget=forms.RadioSelect,
    )
    motion = forms.ChoiceField(
        label="Movement",
        choices=[("system", "As the system"), ("none", "None")],
        initial="system",
        widget=forms.RadioSelect,
        help_text="Whether anything on a page may slide or fade.",
    )
    keys = forms.ChoiceField(
        label="Single keys, such as / and ?",
        choices=[("on", "On"), ("off", "Off")],
        initial="on",
        widget=forms.RadioSelect,
        help_text="Speech input, or a slip of the hand, can press them by mistake.",
    )


class MailForm(forms.Form):
    """How often about each kind, and the hours in which no mail comes."""

    quiet_from = forms.TimeField(
        label="Quiet from",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label="Quiet until",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="By your own clock: your hours off, at night or on the way home. "
        "Mail and devices wait until they are over.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            self.fields[kind.slug] = forms.ChoiceField(
                label=kind.label, choices=cadences_for(kind.verbs[0])
            )
        self.order_fields([kind.slug for kind in KINDS])

    @staticmethod
    def said(user: User) -> dict[str, object]:
        """What she has chosen so far, in the fields' names."""
        kept = preferences_of(user)
        often = {kind.slug: cadence_of(kept, kind.verbs[0]).value for kind in KINDS}
        return often | {
            "quiet_from": kept.quiet_from,
            "quiet_until": kept.quiet_until,
        }

    @property
    def cadences(self) -> dict[str, str]:
        return cadences(self.cleaned_data)

    @property
    def quiet_hours(self) -> tuple[time, time] | None:
        begin = self.cleaned_data["quiet_from"]
        end = self.cleaned_data["quiet_until"]
        return None if begin is None else (begin, end)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        begin, end = given.get("quiet_from"), given.get("quiet_until")
        if (begin is None) != (end is None) and not self.errors:
            empty = "quiet_from" if begin is None else "quiet_until"
            self.add_error(empty, "Quiet hours need a beginning and an end.")
        return given


class PushForm(forms.Form):
    """About which kinds a device is told."""

    kinds = forms.MultipleChoiceField(
        label="What your devices are told of",
        required=False,
        choices=[(kind.slug, kind.label) for kind in KINDS],
        widget=forms.CheckboxSelectMultiple,
    )

    @staticmethod
    def said(user: User) -> dict[str, object]:
        kept = preferences_of(user)
        return {"kinds": [k.slug for k in KINDS if is_pushed(kept, k.verbs[0])]}

    @property
    def wanted(self) -> dict[str, bool]:
        return pushes(set(self.cleaned_data["kinds"]))


class PresenceForm(forms.Form):
    presence = forms.ChoiceField(
        label="Show when I am here",
        choices=[
            ("shown", "On: they see me, and I see them"),
            ("hidden", "Off: nobody sees me, and I see nobody"),
        ],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose on or off."},
    )

    @property
    def is_shown(self) -> bool:
        return bool(self.cleaned_data["presence"] == "shown")


class TimeZoneForm(forms.Form):
    time_zone = forms.CharField(
        label="Time zone",
        required=False,
        max_length=64,
        help_text="By region and place, such as America/Chicago. Type part of it and "
        "choose. Empty: the network’s own.",
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )

    def clean_time_zone(self) -> str:
        """However it is written: “new york” finds America/New_York."""
        typed: str = self.cleaned_data["time_zone"].strip()
        wanted = typed.replace(" ", "_").lower()
        found = [name for name in zones() if name.lower() == wanted]
        found += [name for name in zones() if name.lower().endswith(f"/{wanted}")]
        if typed and not found:
            raise forms.ValidationError(
                "This is no time zone of the list. Type a large city near you."
            )
        return found[0] if typed else ""


class ClosingForm(forms.Form):
    word = forms.CharField(
        label="Type the word “close”",
        max_length=20,
        help_text="So that nothing closes by a slip of the hand.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
        error_messages={"required": "Type the word “close”, without the quotes."},
    )

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        if word.strip().strip('“”"').lower() != "close":
            raise forms.ValidationError("Type the word “close”, without the quotes.")
        return word
