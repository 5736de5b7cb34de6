"""The first steps: one group of questions a page, of the sections of the profile."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from network.accounts.models import User
from network.clinicians.actions import onboarding as said
from network.clinicians.actions.profile import change_section
from network.clinicians.forms.profile_person import (
    BELOW,
    NO_NPI,
    CareForm,
    ClientsForm,
    PersonForm,
    SectionForm,
)
from network.clinicians.forms.profile_sections import BY_SLUG, ProfileSection
from network.clinicians.models import Clinician
from network.clinicians.npi import is_npi


class LookUpForm(forms.Form):
    npi = forms.CharField(
        label="Your NPI",
        max_length=20,
        help_text="Ten digits, from the national provider registry.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    last_name = forms.CharField(
        label="Your last name",
        max_length=80,
        help_text="As the registry writes it.",
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    def clean_npi(self) -> str:
        npi = "".join(self.cleaned_data["npi"].split()).replace("-", "")
        if len(npi) != 10 or not npi.isdigit():
            raise ValidationError(f"An NPI has ten digits; these are {len(npi)} signs.")
        if not is_npi(npi):
            raise ValidationError(f"{NO_NPI} One digit is wrong, or two are swapped.")
        return npi


class YouForm(SectionForm):
    says = said.You
    name = PersonForm.base_fields["name"]
    credentials = PersonForm.base_fields["credentials"]
    profession = PersonForm.base_fields["profession"]
    gender = PersonForm.base_fields["gender"]
    npi = PersonForm.base_fields["npi"]
    clean_npi = PersonForm.clean_npi


class SeenForm(SectionForm):
    says = said.Seen
    age_groups = ClientsForm.base_fields["age_groups"]
    participants = ClientsForm.base_fields["participants"]


class MeetingForm(SectionForm):
    says = said.Meeting
    formats = ClientsForm.base_fields["formats"]
    acuity_min = CareForm.base_fields["acuity_min"]
    acuity_max = CareForm.base_fields["acuity_max"]

    def __init__(self, clinician: Clinician, data: Any = None) -> None:
        super().__init__(clinician, data)
        self.fields["acuity_min"].label = "The least a client brings"
        self.fields["acuity_max"].label = "The most you take on"

    def clean(self) -> None:
        self.keep_range("acuity_min", "acuity_max", BELOW)


@dataclass(frozen=True)
class Step:
    """One page: its question, and the section that keeps the answer."""

    slug: str
    question: str
    lead: str
    section: ProfileSection
    is_optional: bool = True
    is_vouched_for: bool = False  # staff have looked at it: it changes in the profile

    @property
    def keeps_a_part(self) -> bool:
        """Whether what is right is kept while something else is wrong."""
        return self.section.shape == "plain"


def _columns(clinician: Clinician, form: SectionForm, by: User) -> None:
    change_section(clinician, form.section(), by=by)


def _plain(slug: str, form: type[SectionForm]) -> ProfileSection:
    return ProfileSection(slug, "", "", form, _columns)


STEPS = (
    Step("you", "Who are you?",
         "Staff compare this with your licence. Colleagues see it once they have.",
         _plain("person", YouForm), is_optional=False, is_vouched_for=True),
    Step("licences", "Where are you licensed?",
         "They decide which clients may be sent to you. Staff look each one up.",
         BY_SLUG["licences"]),
    Step("places", "Where do clients come to see you?",
         "The ZIP is enough to be found nearby; a name joins you with those who share "
         "the practice.", BY_SLUG["places"]),
    Step("specialties", "What do you treat, and how deep does it go?",
         "Three honest ones help more than thirty. Type to narrow the list.",
         BY_SLUG["specialties"]),
    Step("approaches", "How do you work?",
         "The ways of working that you offer. Type to narrow the list.",
         BY_SLUG["approaches"]),
    Step("clients", "Whom do you see?", "Ages, and who comes into the room.",
         _plain("clients", SeenForm)),
    Step("meeting", "How do you meet, and how much may a client bring?",
         "The range keeps away whom you would have to send on.",
         _plain("clients", MeetingForm)),
    Step("languages", "In which languages can you do therapy?",
         "Count only those in which you would hear a half-said thing.",
         BY_SLUG["languages"]),
    Step("payment", "How do clients pay?", "Insurance, fees, or both.",
         BY_SLUG["payment"]),
    Step("openings", "Have you an opening?",
         "It counts for 21 days; then one tap says whether it still stands.",
         BY_SLUG["openings"]),
)  # fmt: skip
BY_STEP = {step.slug: step for step in STEPS}
_AFTER = {step.slug: later for step, later in pairwise(STEPS)}
_BEFORE = {step.slug: earlier for earlier, step in pairwise(STEPS)}


def problems(form: Any) -> list[tuple[forms.BoundField, str]]:
    """What stands in the way, field by field, of a form or of rows of them."""
    return [
        (field, str(error))
        for one in getattr(form, "forms", [form])
        for field in one
        for error in field.errors
    ]


def after(step: Step) -> Step | None:
    return _AFTER.get(step.slug)


def before(step: Step) -> Step | None:
    return _BEFORE.get(step.slug)
