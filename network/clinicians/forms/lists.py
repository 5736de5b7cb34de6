"""What somebody writes on her lists: their names, tags and notes, and who may read."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from network.clinicians.actions.list_entries import Words
from network.clinicians.models import Clinician, ListEntry
from network.privacy.lines import LineField

LONGEST_NAME = 60
LONGEST_NOTE = 2000
LONGEST_TAG = 40
MOST_TAGS = 8


class NameForm(forms.Form):
    name = LineField(
        label="Name of the list",
        max_length=LONGEST_NAME,
        help_text="Such as “perinatal OCD go-to”. Never a client.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give the list a name."},
    )


class ShareForm(forms.Form):
    reader = forms.CharField(
        label="Share with",
        max_length=120,
        help_text="A colleague's full name, as on the profile.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Name a colleague."},
    )

    def __init__(self, owner: Clinician, data: Mapping[str, str] | None = None) -> None:
        self.owner = owner
        super().__init__(data)

    def clean_reader(self) -> Clinician:
        others = Clinician.objects.visible_to(self.owner).exclude(pk=self.owner.pk)
        name = self.cleaned_data["reader"].strip()
        found = others.verified().filter(name__iexact=name)[:2]
        if len(found) != 1:
            raise ValidationError("No colleague here, or more than one, has this name.")
        return found[0]


class WordsForm(forms.Form):
    """As much as there is room for is kept: a private note is not worth an error."""

    note = forms.CharField(required=False)
    tags = forms.CharField(required=False)
    is_note_shared = forms.BooleanField(required=False)

    def words(self) -> Words:
        said = self.cleaned_data
        return Words(
            note=said["note"][:LONGEST_NOTE],
            tags=tuple(_tags(said["tags"].split(","))),
            is_note_shared=said["is_note_shared"] and bool(said["note"]),
        )


def _tags(typed: Iterable[str]) -> list[str]:
    """Each once, however it is written the second time."""
    tidy = (" ".join(tag.split())[:LONGEST_TAG] for tag in typed)
    first: dict[str, str] = {}
    for tag in filter(None, tidy):
        first.setdefault(tag.casefold(), tag)
    return list(first.values())[:MOST_TAGS]


def listed(viewer: Clinician, people: Iterable[UUID | str]) -> dict[str, list[str]]:
    """On which lists that she may read each of them stands, in words."""
    entries = ListEntry.objects.visible_to(viewer).kept()
    said: dict[str, list[str]] = {}
    for entry in entries.filter(colleague__public_id__in=list(people)).select_related(
        "list__owner", "colleague"
    ):
        if words := _words(entry, viewer):
            lines = said.setdefault(str(entry.colleague.public_id), [])
            lines += [words] if words not in lines else []
    return said


def _words(entry: ListEntry, viewer: Clinician) -> str:
    """Her own shortlist is said by the button already."""
    if entry.list.owner != viewer:
        return f"on a list that {entry.list.owner.name} shares with you"
    return "" if entry.list.is_shortlist else f"on your list “{entry.list.name}”"
