"""Whom a conversation is with, what it is called, and for how long it is quiet."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from messaging.limits import LONGEST_TITLE, MOST_MEMBERS
from network.clinicians.models import Clinician
from network.privacy.lines import LineField

SHORTEST = 2
MOST_FOUND = 8
QUIET = {"hour": "an hour", "day": "a day", "good": "good"}


def named_like(me: Clinician, typed: str) -> list[Clinician]:
    """Colleagues whom she may see, by part of a name."""
    typed = " ".join(typed.split())
    if len(typed) < SHORTEST or "\0" in typed:
        return []
    seen = Clinician.objects.visible_to(me).verified().exclude(pk=me.pk)
    found = seen.filter(name__icontains=typed, user__isnull=False)
    return list(found.order_by("name", "pk")[:MOST_FOUND])


class TitleForm(forms.Form):
    title = LineField(
        label="Title",
        max_length=LONGEST_TITLE,
        required=False,
        help_text="What it is about, never a client's name. Members see it.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class TopicForm(forms.Form):
    name = LineField(
        label="A new topic",
        max_length=60,
        help_text="Messages can be put under it and read by themselves.",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Give the topic a name."},
    )


class StartForm(TitleForm):
    """Colleagues are chosen one by one; `name` is what one looks for."""

    name = forms.CharField(
        label="Colleague",
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    members = forms.ModelMultipleChoiceField(
        queryset=Clinician.objects.none(), to_field_name="public_id", required=False
    )

    def __init__(self, me: Clinician, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        seen = Clinician.objects.visible_to(me).verified().exclude(pk=me.pk)
        self.fields["members"].queryset = seen  # type: ignore[attr-defined]

    def clean_members(self) -> list[Clinician]:
        """In the order in which she chose them."""
        members = {one.public_id: one for one in self.cleaned_data["members"]}
        if len(members) > MOST_MEMBERS:
            raise ValidationError(f"Up to {MOST_MEMBERS} colleagues.")
        chosen = dict.fromkeys(map(UUID, self["members"].data))
        return [members[one] for one in chosen]
