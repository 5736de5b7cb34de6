"""Asking a client for a consent: whom it names, what for, about what, until when."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst

from network.clients.actions.consents import Terms
from network.clients.consents import today
from network.clients.models import Party, Signature
from network.clients.wording import TO_CALL, DataClass, Purpose
from network.clinicians.forms.profile_fields import DayField
from network.clinicians.models import Clinician

SHORTEST, MOST = 2, 8
USUAL = timedelta(days=365)
LONGEST = timedelta(days=5 * 366)
BEFORE_TODAY = "It begins today at the earliest."
TOO_SHORT = "Two letters at least, please."
NOBODY = (
    "No colleague here has this name. Somebody outside reads what you write without a "
    "name; a client can be named to a member alone."
)
WHICH = "Choose whom you mean."
NOT_AFTER = "A later day than the first one, and within five years."


class ConsentForm(forms.Form):
    """Part of a name finds colleagues; one of them is then chosen by name."""

    name = forms.CharField(
        label="Whom may you tell?",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="A colleague here; part of the name is enough.",
    )
    receiver = forms.ChoiceField(
        label="Which of them?", required=False, widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(
        label="What for?",
        choices=[(one.value, capfirst(one.label)) for one in Purpose],
        widget=forms.RadioSelect,
    )
    data_classes = forms.MultipleChoiceField(
        label="What may you tell?",
        choices=[(one.value, capfirst(one.label)) for one in DataClass],
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = DayField(label="From")
    expires_on = DayField(label="Until", help_text="From this day on it is over.")

    def __init__(
        self, me: Clinician, data: Any = None, to: Clinician | None = None
    ) -> None:
        usual = {"valid_from": today(), "expires_on": today() + USUAL, **_for(to)}
        super().__init__(data, initial=usual)
        self.found = _named(str((data or {}).get("name", "")), me)
        choices = [(str(one.public_id), one.display_name) for one in self.found]
        if len(choices) > 1:
            self.fields["receiver"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["receiver"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if len(name) < SHORTEST:
            raise forms.ValidationError(TOO_SHORT)
        if not self.found:
            raise forms.ValidationError(NOBODY)
        return name

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if len(self.found) > 1 and not said.get("receiver"):
            self.add_error("receiver", WHICH)
        first, last = said.get("valid_from"), said.get("expires_on")
        if first and first < today():
            self.add_error("valid_from", BEFORE_TODAY)
        elif first and last and not first < last <= first + LONGEST:
            self.add_error("expires_on", NOT_AFTER)
        return said

    def terms(self) -> Terms:
        said = self.cleaned_data
        chosen = said.get("receiver") or str(self.found[0].public_id)
        return Terms(
            next(one for one in self.found if str(one.public_id) == chosen),
            Purpose(said["purpose"]),
            [DataClass(one) for one in said["data_classes"]],
            said["expires_on"],
            said["valid_from"],
        )


def _for(to: Clinician | None) -> dict[str, Any]:
    """Who is chosen in a referral: what is needed to call a client, and to know why."""
    if to is None:
        return {}
    return {"name": to.name, "purpose": Purpose.REFERRAL, "data_classes": list(TO_CALL)}


def _named(name: str, me: Clinician) -> list[Clinician]:
    if len(name.strip()) < SHORTEST:
        return []
    seen = Clinician.objects.visible_to(me).verified().exclude(pk=me.pk)
    named = seen.filter(name__icontains=name.strip())
    return list(named.order_by("name", "pk")[:MOST])


class SignatureForm(forms.Form):
    """What a party said or signed elsewhere; by her link she signs herself."""

    party = forms.ChoiceField(label="Who?")
    how = forms.ChoiceField(
        label="How?",
        choices=[one for one in Signature.How.choices if one[0] != "link"],
        widget=forms.RadioSelect,
    )

    def __init__(self, parties: list[Party], data: Any = None) -> None:
        super().__init__(data)
        self.parties = {str(party.public_id): party for party in parties}
        choices = [(key, party.label) for key, party in self.parties.items()]
        self.fields["party"].choices = choices  # type: ignore[attr-defined]

    def party_chosen(self) -> Party:
        return self.parties[self.cleaned_data["party"]]

    def how_chosen(self) -> Signature.How:
        return Signature.How(self.cleaned_data["how"])
