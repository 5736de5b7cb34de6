"""What staff decide of claims, and what their owner says and shows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from network.clinicians.actions.decisions import Finding
from network.clinicians.verification.files import LARGEST, read_file
from network.clinicians.verification.findings import GROUNDS, Checked, Source
from network.privacy.files import RefusedFileError, Screened

VERBS = [
    ("verify", "Verify"),
    ("ask", "Ask for more"),
    ("reject", "Reject"),
    ("hold", "Put on hold"),
]
_TITLES = {"reject": "Rejected", "hold": "On hold", "ask": "Asked for"}
_GROUNDS = [
    ("", "Nothing stands against it"),
    *((_TITLES[verb], [*found.choices]) for verb, found in GROUNDS.items()),
]
WHAT, WHERE = "Say what you checked.", "Say where you checked it."
WORDS = forms.Textarea(attrs={"rows": 4})


class CheckForm(forms.Form):
    """What was looked at, and where."""

    checked = forms.MultipleChoiceField(
        choices=Checked.choices,
        label="What you checked",
        error_messages={"required": WHAT},
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.ChoiceField(
        choices=[("", "Choose one"), *Source.choices],
        label="Where you checked it",
        error_messages={"required": WHERE},
    )

    def finding(self) -> Finding:
        found = self.cleaned_data
        return Finding(
            "verify", checked=tuple(found["checked"]), source=found["source"]
        )


class DecisionForm(CheckForm):
    """One decision on several claims of one person."""

    field_order = ["keys", "verb", "checked", "source", "ground", "words"]
    keys = forms.MultipleChoiceField(
        label="Of what",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what you decide on."},
    )
    verb = forms.ChoiceField(
        choices=VERBS,
        label="Decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a decision."},
    )
    ground = forms.ChoiceField(
        choices=_GROUNDS, required=False, label="What stands against it"
    )
    words = forms.CharField(
        max_length=1000,
        required=False,
        label="Words to the person",
        help_text="Only the person and staff read them. Nothing about clients.",
        widget=WORDS,
    )

    def __init__(self, choices: Iterable[tuple[str, str]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["keys"].choices = list(choices)  # type: ignore[attr-defined]
        for name in ("checked", "source"):
            self.fields[name].required = False
            self.fields[name].help_text = "Needed to verify."

    def clean(self) -> None:
        verb, ground = self.cleaned_data.get("verb"), self.cleaned_data.get("ground")
        for name, words in (("checked", WHAT), ("source", WHERE)):
            if verb == "verify" and not self.cleaned_data.get(name):
                self.add_error(name, words)
        if verb in GROUNDS and ground not in GROUNDS[verb].values:
            self.add_error("ground", "Choose the reason that goes with the decision.")

    def finding(self) -> Finding:
        found = self.cleaned_data
        ground = found["ground"] if found["verb"] in GROUNDS else ""
        checked = tuple(found["checked"])
        return Finding(found["verb"], ground, checked, found["source"], found["words"])


class EvidenceForm(forms.Form):
    link = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        label="Link to your entry in the board’s register",
        validators=[URLValidator(schemes=["https", "http"])],
    )
    file = forms.FileField(
        required=False,
        label="A copy of it",
        help_text="PDF, PNG or JPEG, up to 5 MB. Kept encrypted; deleted thirty days "
        "after the decision.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def clean_file(self) -> Screened | None:
        sent: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if sent is None:
            return None
        if sent.size is None or sent.size > LARGEST:
            raise forms.ValidationError("This file is larger than 5 MB.")
        try:
            return read_file(sent.read())
        except RefusedFileError as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self) -> None:
        found = self.cleaned_data
        if not self.errors and not found.get("link") and not found.get("file"):
            self.add_error("link", "Give a link, a file, or both.")


class ReplyForm(forms.Form):
    words = forms.CharField(
        max_length=1000,
        label="What staff should know",
        help_text="Only staff read it. Nothing about clients.",
        widget=WORDS,
    )
