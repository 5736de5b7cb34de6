"""Forms of a profile's plain sections: each says one section of columns."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from network.clinicians import vocabulary
from network.clinicians.actions import profile as said
from network.clinicians.forms.profile_fields import NumberField, TermField, TermsField
from network.clinicians.models import Clinician
from network.clinicians.npi import is_npi
from network.privacy.lines import LineField

LEVELS = [
    (0, "0 · growth, maintenance"),
    (1, "1 · mild, functioning kept"),
    (2, "2 · moderate, some impairment"),
    (3, "3 · severe or complex, frequent risk work"),
    (4, "4 · imminent risk, or more than outpatient"),
]
BELOW = "This is below where the range begins."
NO_NPI = "This is no NPI: its check digit does not fit."
HIDEABLE = {
    "gender": "Gender",
    "languages": "Languages",
    "communities": "Communities I work with",
    "faiths": "Faiths",
    "styles": "Style",
    "fees": "Fees",
    "payers": "Insurance",
    "openings": "Openings",
    "bio": "About me",
    "phone": "Telephone",
    "not_for_me": "Not for me",
}


# Where a field is hidden under another's name.
HIDDEN_AS = {"networks": "payers", "fee_min": "fees", "fee_max": "fees"}
COLLEAGUES_SEE, ONLY_YOU_SEE = "Colleagues see this.", "Only you see this."


class SectionForm(forms.Form):
    """Begins with what the profile holds; what it says has the section's columns."""

    says: ClassVar[type[said.Section]]

    def __init__(self, clinician: Clinician, data: Any = None) -> None:
        self.clinician = clinician
        held = {name: getattr(clinician, name, None) for name in self.base_fields}
        super().__init__(data, initial=held, auto_id="id_%s")
        for name, field in self.fields.items():
            field.help_text = self._with_its_readers(name, str(field.help_text))

    def section(self) -> said.Section:
        """What is wrong stays as it was."""
        return self.says(**{**self.initial, **self.cleaned_data})

    def keep_range(self, low: str, high: str, message: str) -> None:
        """Two ends stand or fall together."""
        found = self.cleaned_data
        first, last = found.get(low), found.get(high)
        if first is not None and last is not None and first > last:
            self.add_error(high, message)
        if {low, high} & self.errors.keys():
            found.pop(low, None)
            found.pop(high, None)

    def _with_its_readers(self, name: str, hint: str) -> str:
        field = HIDDEN_AS.get(name, name)
        if field not in HIDEABLE:
            return hint
        seen = COLLEAGUES_SEE if self.clinician.shows(field) else ONLY_YOU_SEE
        return f"{hint} {seen}".strip()


class PersonForm(SectionForm):
    says = said.Person
    name = LineField(max_length=120, label="Name, as colleagues know it")
    credentials = LineField(
        max_length=80, required=False, label="Credentials", help_text="PsyD, LCSW"
    )
    pronouns = LineField(max_length=40, required=False, label="Pronouns")
    profession = TermField("professions", label="Profession")
    stage = forms.ChoiceField(choices=Clinician.Stage.choices, label="Stage")
    npi = forms.CharField(
        max_length=10,
        required=False,
        label="NPI",
        help_text="Ten digits. It counts once staff have verified that it is yours.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    taxonomy = TermField(
        "taxonomies", label="Provider taxonomy (NUCC)", none="Not given"
    )
    gender = TermField("genders", label="Gender", none="Not said")
    phone = forms.CharField(max_length=30, required=False, label="Telephone")
    bio = forms.CharField(
        max_length=2000,
        required=False,
        label="About your work",
        help_text="For colleagues; no client is to be recognised in it.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_npi(self) -> str:
        npi: str = self.cleaned_data["npi"].strip()
        if npi and not is_npi(npi):
            raise ValidationError(NO_NPI)
        return npi

    def clean_taxonomy(self) -> str:
        code: str = self.cleaned_data["taxonomy"]
        if code and vocabulary.term("taxonomies", code).status != "active":
            raise ValidationError("This code is no longer in use.")
        return code


class ClientsForm(SectionForm):
    says = said.Clients
    age_groups = TermsField("age_groups", label="Ages")
    participants = TermsField("participants", label="Who comes")
    formats = TermsField("formats", label="How you meet")
    communities = TermsField("communities", label="Communities you work with")
    faiths = TermsField("faiths", label="Faiths you work within")
    access = TermsField("access", label="Access")


class CareForm(SectionForm):
    says = said.Care
    acuity_min = forms.TypedChoiceField(choices=LEVELS, coerce=int, label="From")
    acuity_max = forms.TypedChoiceField(choices=LEVELS, coerce=int, label="To")
    risks = TermsField("risks", label="Risks you are prepared for")
    levels_of_care = TermsField("levels_of_care", label="Levels of care you offer")

    def clean(self) -> None:
        self.keep_range("acuity_min", "acuity_max", BELOW)


class PaymentForm(SectionForm):
    says = said.Payment
    payers = TermsField("payers", label="Insurance you take")
    networks = TermsField("networks", label="Platforms you work with")
    fee_min = NumberField(label="Fee from, in dollars", most=10_000)
    fee_max = NumberField(label="Fee to, in dollars", most=10_000)
    sliding_scale = forms.BooleanField(required=False, label="There is a sliding scale")
    superbill = forms.BooleanField(required=False, label="You give superbills")

    def clean(self) -> None:
        less = "This is less than where the fee begins."
        self.keep_range("fee_min", "fee_max", less)


class IdentityForm(SectionForm):
    identities = TermsField(
        "communities",
        label="Which ones",
        help_text="Only what you choose to say; nothing is guessed from anything else.",
    )
    shared = forms.BooleanField(
        required=False,
        label="Share these with colleagues",
        help_text="Until you tick this, they are nobody's but yours. Ticked, verified "
        "colleagues read them on your profile, and find you by these words when a "
        "client asks for somebody like you. You can take it back at any time; what a "
        "colleague has read or printed stays with her.",
    )

    def __init__(self, clinician: Clinician, data: Any = None) -> None:
        super().__init__(clinician, data)
        self.initial["shared"] = clinician.shows("identities")


class VisibilityForm(SectionForm):
    says = said.Visibility
    hidden = forms.MultipleChoiceField(
        choices=list(HIDEABLE.items()),
        required=False,
        label="Keep to myself",
        help_text="What you tick is neither shown to colleagues nor searched.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, clinician: Clinician, data: Any = None) -> None:
        super().__init__(clinician, data)
        self.initial["hidden"] = clinician.hidden_fields

    def section(self) -> said.Section:
        return said.Visibility(self.cleaned_data["hidden"])


class AcceptanceForm(SectionForm):
    says = said.Acceptance
    accepting = forms.BooleanField(
        required=False,
        label="I take referrals",
        help_text="Untick it to rest: nobody finds you, and nothing else is lost.",
    )


class StyleForm(SectionForm):
    """Each axis from 1 to 5, or not said."""

    says = said.Style

    def __init__(self, clinician: Clinician, data: Any = None) -> None:
        super().__init__(clinician, data)
        for slug, label in _axes():
            self.fields[slug] = forms.TypedChoiceField(
                choices=_DEGREES,
                coerce=int,
                empty_value=None,
                required=False,
                label=label,
                initial=clinician.styles.get(slug, ""),
            )

    def section(self) -> said.Section:
        return said.Style(
            {axis: value for axis, value in self.cleaned_data.items() if value}
        )


_DEGREES = [
    ("", "Not said"),
    (1, "1 · hardly"),
    (2, "2"),
    (3, "3 · sometimes"),
    (4, "4"),
    (5, "5 · very much"),
]


def _axes() -> list[tuple[str, str]]:
    return [(term.slug, term.label) for term in vocabulary.terms("styles")]
