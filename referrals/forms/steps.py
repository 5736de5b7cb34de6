"""What is said with a step; each carries its key and the version that was seen."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from messaging.guarding import Reason
from network.clinicians.forms.conflicts import NamesField
from network.clinicians.forms.profile_fields import DayField, TermField
from network.clinicians.models import Clinician
from referrals.actions.passages import LONGEST
from referrals.actions.stepping import Click
from referrals.machine.clocks import FARTHEST
from referrals.machine.words import Decline
from referrals.models import Fee, Offer, Referral

NO_FEE = "Nobody pays or is paid for this referral, in money or in kind."


class StepForm(forms.Form):
    """Pressed twice it is one step."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    # For pages whose address does not say it: they stand behind a cookie.
    of = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, thing: Referral | Offer, data: Any = None) -> None:
        about = {"seen": thing.version, "of": thing.public_id}
        super().__init__(data, initial={"key": uuid4(), **about})
        self.thing = thing

    @property
    def is_of_it(self) -> bool:
        """Made with a page of the same thing."""
        return bool(self.cleaned_data.get("of") == self.thing.public_id)

    @property
    def click(self) -> Click:
        return Click(self.cleaned_data["key"], self.cleaned_data["seen"])


class Box(forms.CharField):
    """Some sentences, which a colleague or nobody reads."""

    def __init__(self, label: str, hint: str = "", *, required: bool = True) -> None:
        super().__init__(
            label=label,
            required=required,
            max_length=LONGEST,
            help_text=hint or "Kept encrypted. Name nobody.",
            widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        )


class ComingDay(DayField):
    """Today at the earliest."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value < timezone.localdate():
            raise forms.ValidationError("This is past already.")


class GuardedForm(StepForm):
    """Words for a colleague who does not know who the client is."""

    words = Box("Your words", "The colleague reads it: no names, dates or addresses.")
    guard_reason = forms.ChoiceField(
        label="If these words are stopped: why they may stay",
        choices=[("", "It names nobody"), *Reason.choices],
        required=False,
    )


class AcceptForm(StepForm):
    earliest_on = ComingDay(
        label="The first appointment you could give", required=False
    )
    fee = forms.ChoiceField(
        label="How the therapy would be paid",
        choices=[("", "Not said"), *Fee.choices],
        required=False,
    )
    format = TermField("formats", label="Where you would meet", none="Not said")
    makes_room = forms.BooleanField(
        label="I make room beyond the openings on my profile", required=False
    )
    no_fee = forms.BooleanField(
        label=NO_FEE, error_messages={"required": "Say so to accept."}
    )


class RoomForm(StepForm):
    makes_room = forms.BooleanField(
        label="Room is made beyond the openings on the profile", required=False
    )


class DeclineForm(StepForm):
    why = forms.TypedChoiceField(
        label="Why", choices=Decline.choices, coerce=Decline, widget=forms.RadioSelect
    )
    suggested = forms.ModelChoiceField(
        label="Somebody to ask instead",
        queryset=Clinician.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="Nobody",
        help_text="From your lists. It is no introduction: the sender asks, or not.",
    )

    def __init__(self, thing: Offer, data: Any = None) -> None:
        """Of her own lists, those who take referrals and whom both can see."""
        super().__init__(thing, data)
        receiver = thing.receiver
        if receiver is None:
            del self.fields["suggested"]
            return
        sender = thing.referral.sender
        seen = Clinician.objects.visible_to(sender).verified().filter(accepting=True)
        listed = seen.filter(listed__list__owner=receiver).exclude(pk=sender.pk)
        known = listed.exclude(pk=receiver.pk).distinct().order_by("name", "pk")
        self.fields["suggested"].queryset = known  # type: ignore[attr-defined]


class WaitlistForm(StepForm):
    expected_on = ComingDay(
        label="When a place is likely", help_text="You are asked again every month."
    )


class BookForm(StepForm):
    at = forms.DateTimeField(
        label="First session",
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        help_text="In your own time zone.",
    )

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at < timezone.now():
            raise forms.ValidationError("This is past already.")
        if at - timezone.now() > FARTHEST:
            raise forms.ValidationError("This is more than two years away.")
        return at


class HeldForm(StepForm):
    held = forms.ChoiceField(
        label="Did it hold?",
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "I do not know")],
        widget=forms.RadioSelect,
    )


class NamesForm(StepForm):
    """Looked up for conflicts, and not kept."""

    names = NamesField()


class SendForm(NamesForm):
    """The last look before colleagues read it."""

    no_fee = forms.BooleanField(
        label=NO_FEE, error_messages={"required": "Without this nothing is sent."}
    )
    client_agreed = forms.BooleanField(
        label="The client agreed to being asked about like this", required=False
    )
    guard_reason = forms.ChoiceField(
        label="The guard found something that tells who it is. Why does it stay?",
        choices=[("", "Choose"), *Reason.choices],
        required=False,
    )

    def __init__(self, thing: Referral, data: Any = None) -> None:
        super().__init__(thing, data)
        if not thing.tells:
            del self.fields["guard_reason"]
            del self.fields["client_agreed"]
            return
        for name in ("guard_reason", "client_agreed"):
            self.fields[name].required = True


class OrderForm(StepForm):
    """Two buttons beside each of those in line."""

    moved = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")])

    def arranged(self, queued: list[Offer]) -> list[Offer]:
        ids = [one.public_id for one in queued]
        moved = self.cleaned_data["moved"]
        if moved not in ids:
            return queued
        here = ids.index(moved)
        there = here - 1 if self.cleaned_data["way"] == "up" else here + 1
        if not 0 <= there < len(queued):
            return queued
        order = list(queued)
        order[here], order[there] = order[there], order[here]
        return order


class PeopleForm(NamesForm):
    people = forms.ModelMultipleChoiceField(
        label="Whom to ask",
        queryset=Clinician.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one colleague."},
    )

    def __init__(
        self, thing: Referral, people: QuerySet[Clinician], data: Any = None
    ) -> None:
        super().__init__(thing, data)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
