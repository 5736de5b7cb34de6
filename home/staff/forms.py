"""What staff say before they look or act."""

import re
from typing import Any

from django import forms

from messaging.models import Conversation, Hold
from network.accounts.reasons import Why
from network.accounts.roles import ABOUT, Role
from network.clinicians.moderation.states import WORDS_LIMIT, Ground

UUID_IN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TO_HER = "The person reads this. Name no client, and nobody who reported."


class SearchForm(forms.Form):
    words = forms.CharField(
        label="Whom do you look for?",
        required=False,
        max_length=120,
        help_text="A part of the name, a whole e-mail address, or an NPI.",
    )


class WhyForm(forms.Form):
    why = forms.ChoiceField(label="Why?", choices=Why.choices, widget=forms.RadioSelect)


def words_field(label: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=TO_HER if required else "Kept beside the record, for staff.",
    )


class SuspensionForm(forms.Form):
    ground = forms.ChoiceField(
        label="On which ground?", choices=Ground.choices, widget=forms.RadioSelect
    )
    words = words_field("What you tell the person")


class ReinstatementForm(WhyForm):
    words = words_field("A note", required=False)


class HoldForm(forms.Form):
    ground = forms.ChoiceField(
        label="On which ground?", choices=Hold.Ground.choices, widget=forms.RadioSelect
    )
    matter = forms.CharField(
        label="The matter",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="A docket or file number. Name no client. It is kept sealed.",
    )


class ConversationHoldForm(HoldForm):
    conversation = forms.CharField(
        label="Which conversation?",
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Its address, as one of its members has it before her.",
    )
    field_order = ["conversation", "ground", "matter"]

    def clean_conversation(self) -> Conversation:
        named = UUID_IN.search(self.cleaned_data["conversation"])
        rows = Conversation.objects.filter(public_id=named.group()) if named else ()
        for found in rows:
            return found
        raise forms.ValidationError("There is no such conversation.")


class LiftingForm(forms.Form):
    why = forms.ChoiceField(
        label="Why?", choices=Hold.Lifting.choices, widget=forms.RadioSelect
    )


class RolesForm(WhyForm):
    roles = forms.MultipleChoiceField(
        label="Roles",
        required=False,
        choices=[(role.value, f"{role.label}: {ABOUT[role]}") for role in Role],
        widget=forms.CheckboxSelectMultiple,
        help_text="None, and the person is no staff any more.",
    )
    field_order = ["roles", "why"]


NOTE = "A note"
SAID = {
    "ask for a remedy": "What should be changed?",
    "propose a suspension": "What the person would be told",
    "confirm the suspension": "What you tell the person",
    "uphold the suspension": "What you tell the person",
}


class StepForm(forms.Form):
    """Of an inquiry: the ground where one is chosen, words where somebody reads."""

    def __init__(self, *args: Any, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if verb == "propose a suspension":
            self.fields["ground"] = SuspensionForm.base_fields["ground"]
        label = SAID.get(verb, NOTE)
        self.fields["words"] = words_field(label, required=verb in SAID)
