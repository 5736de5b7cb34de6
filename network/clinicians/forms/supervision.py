"""Naming a supervisor, and the limits that a supervisor sets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from network.clinicians.actions.supervision import Limits
from network.clinicians.forms.profile_fields import NumberField, TermsField
from network.clinicians.forms.profile_person import LEVELS
from network.clinicians.models import Clinician, Supervision

SHORTEST = 2
MOST = 8
MOST_CLIENTS = 200


class SupervisorForm(forms.Form):
    """Part of a name; what it finds are colleagues to choose from."""

    name = forms.CharField(
        max_length=120,
        label="Your supervisor's name",
        help_text="A verified, independent colleague; part of the name is enough.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if len(name) < SHORTEST:
            raise ValidationError("Two letters at least, please.")
        return name

    def found_for(self, associate: Clinician) -> list[Clinician]:
        """Whom she sees; whether one could supervise today, the asking checks."""
        seen = Clinician.objects.visible_to(associate).verified()
        others = seen.exclude(pk=associate.pk).exclude(stage=Clinician.Stage.ASSOCIATE)
        named = others.filter(name__icontains=self.cleaned_data["name"])
        return list(named.order_by("name", "pk")[:MOST])


class LimitsForm(forms.Form):
    acuity_max = forms.TypedChoiceField(
        choices=LEVELS, coerce=int, label="Acuity, up to"
    )
    refused_ages = TermsField("age_groups", label="Not these ages")
    refused_risks = TermsField("risks", label="Not with these risks")
    clients_max = NumberField(
        label="Clients at a time, at most",
        most=MOST_CLIENTS,
        help_text="Leave it empty for no limit.",
    )
    each_by_supervisor = forms.BooleanField(
        required=False, label="I confirm each client before an acceptance"
    )

    def __init__(self, supervision: Supervision, data: Any = None) -> None:
        held = {name: getattr(supervision, name) for name in self.base_fields}
        super().__init__(data, initial=held, auto_id="id_%s")

    def limits(self) -> Limits:
        return Limits(**self.cleaned_data)
