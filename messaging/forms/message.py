"""What somebody writes: a message, or other words for one."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from messaging.bodies import LONGEST, UnfitBodyError, tidy
from messaging.forms.moment import CHOICES, MomentForm
from messaging.limits import CONFIRMING, LAST_SEQ, LIFE, MOST_FILES, seq_in
from messaging.models import Topic
from messaging.moments import lasting
from messaging.reactions import is_reaction
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid

Choices = list[tuple[Any, str]]

LIVES = {
    "an hour": timedelta(hours=1),
    "a day": timedelta(days=1),
    "a week": timedelta(weeks=1),
    "30 days": timedelta(days=30),
}
SPANS = {
    "within an hour": timedelta(hours=1),
    "within four hours": timedelta(hours=4),
    "within a day": timedelta(days=1),
}
FIRST = "Write something first."
TOO_LONG = f"A message has up to {LONGEST:,} characters."
TOO_MANY = f"A message takes up to {MOST_FILES} files."
FILES_AT_ONCE = "Files go at once: take them off, or send it now."


class BodyField(forms.CharField):
    """As it is kept: line breaks of one kind, nothing blank at the end."""

    def __init__(self, *, may_be_empty: bool = False) -> None:
        self.may_be_empty = may_be_empty
        box = forms.Textarea(
            {"rows": 1, "placeholder": "Write a message", "autocomplete": "off"}
        )
        errors = {"required": FIRST}
        super().__init__(
            label="Message",
            strip=False,
            widget=box,
            error_messages=errors,
            required=not may_be_empty,
        )

    def clean(self, value: Any) -> str:
        text = super().clean(value).replace("\r\n", "\n")
        try:
            return tidy(text, may_be_empty=self.may_be_empty)
        except UnfitBodyError:
            said = TOO_LONG if text.strip() else FIRST
            raise ValidationError(said) from None


class FilesField(forms.Field):
    """Those that she has attached, by their ids."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> tuple[UUID, ...]:
        said = [str(one) for one in value or ()]
        if not all(map(is_uuid, said)) or len(said) > MOST_FILES:
            raise ValidationError(TOO_MANY)
        return tuple(dict.fromkeys(map(UUID, said)))


class BodyForm(forms.Form):
    body = BodyField()


class DraftForm(forms.Form):
    body = forms.CharField(required=False, strip=False, max_length=LONGEST)


class SeqForm(forms.Form):
    seq = forms.IntegerField(min_value=1, max_value=LAST_SEQ)


class ReactionForm(forms.Form):
    """“+agree” adds one, “-agree” takes it back."""

    reaction = forms.CharField()

    def clean_reaction(self) -> str:
        said: str = self.cleaned_data["reaction"]
        if not is_reaction(said):
            raise ValidationError("This is no reaction.")
        return said


class MessageForm(MomentForm):
    """`client_id` makes that what is sent twice is kept once; with a `moment` it is
    sent later.
    """

    when = forms.ChoiceField(
        label="Send",
        choices=[("", "now"), *CHOICES.items()],
        required=False,
        widget=forms.Select({"class": "input"}),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    reply_to = forms.IntegerField(
        required=False, min_value=1, max_value=LAST_SEQ, widget=forms.HiddenInput
    )
    body = BodyField(may_be_empty=True)

    def __init__(self, topics: Iterable[Topic], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(str(topic.public_id), topic.name) for topic in topics]
        # Here, since what is uploaded with a form is called so too.
        self.fields["files"] = FilesField(required=False)
        self.fields["topic"] = _choice([("", "none"), *named], UUID)
        lives = [("", "until recalled"), *_spans(LIVES)]
        spans = [("", "no"), *_spans(SPANS)]
        self.fields["expires_in"] = self._span("expires_in", lives, LIFE, "{}")
        self.fields["confirm_in"] = self._span(
            "confirm_in", spans, CONFIRMING, "within {}"
        )
        self.fields["body"].widget.attrs["class"] = "composer__text"

    def _span(
        self, name: str, named: Choices, limits: tuple[int, int], words: str
    ) -> forms.TypedChoiceField:
        """With what a program had chosen, beside what is offered to everybody."""
        said: Mapping[str, Any] = self.data if self.is_bound else self.initial
        seconds = seq_in(str(said.get(name) or "")) or 0
        if seconds not in dict(named) and limits[0] <= seconds <= limits[1]:
            named = [*named, (seconds, words.format(lasting(seconds)))]
        return _choice(named, int)

    def clean(self) -> None:
        found = self.cleaned_data
        if found.get("when"):
            super().clean()
        if found.get("when") and found.get("files"):
            self.add_error("when", FILES_AT_ONCE)
        if not (self.errors or found["body"] or found["files"]):
            self.add_error("body", FIRST)

    def mentioned(self, people: Iterable[Clinician]) -> tuple[UUID, ...]:
        """Members whose names stand in it after an @."""
        text = self.cleaned_data["body"]
        return tuple(one.public_id for one in people if f"@{one.name}" in text)


def blank_form(topics: Iterable[Topic], **initial: Any) -> MessageForm:
    return MessageForm(topics, initial={"client_id": uuid4(), **initial})


def _spans(named: Mapping[str, timedelta]) -> Choices:
    """In seconds."""
    return [(int(span.total_seconds()), name) for name, span in named.items()]


def _choice(choices: Choices, kind: Callable[[Any], Any]) -> forms.TypedChoiceField:
    widget = forms.Select({"class": "input"})
    return forms.TypedChoiceField(
        choices=choices, coerce=kind, empty_value=None, required=False, widget=widget
    )
