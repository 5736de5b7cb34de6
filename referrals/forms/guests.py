"""Colleagues who are no members: whom to ask, and what they say by their link."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from network.clinicians import vocabulary
from referrals.actions.drafting import Guest
from referrals.forms.steps import AcceptForm, BookForm, StepForm
from referrals.models import Offer, Referral

LINK, RECORD = "link", "record"
HOW = [
    (LINK, "By a link that Consilium mails: the colleague answers without an account"),
    (RECORD, "By myself: I ask, and keep the record here"),
]
YOURS = "This is your own address."
TOO_MANY = "You have sent as many links as anybody may within a day. Try tomorrow."


class GuestForm(StepForm):
    name = forms.CharField(
        label="Name",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Say who it is."},
    )
    how = forms.ChoiceField(
        label="How is the colleague asked?",
        choices=HOW,
        initial=LINK,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="For the link. Not a word of the client is in the mail.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def __init__(
        self,
        thing: Referral,
        data: Any = None,
        *,
        name: str = "",
        listed: UUID | None = None,
    ) -> None:
        super().__init__(thing, data)
        self.fields["name"].initial = name
        self.sender, self.listed = thing.sender, listed

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("how") == LINK and "email" in said and not said["email"]:
            self.add_error("email", "A link needs an address.")
        return said

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        user = self.sender.user
        if user and email and email.casefold() == user.email.casefold():
            raise ValidationError(YOURS)
        return email

    @property
    def guest(self) -> Guest:
        said = self.cleaned_data
        by_link = said["how"] == LINK
        email = said["email"] if by_link else ""
        return Guest(said["name"], email, by_link=by_link, listed=self.listed)


class LinkForm(StepForm):
    email = forms.EmailField(
        label="E-mail address", widget=forms.EmailInput({"autocomplete": "off"})
    )

    def __init__(self, thing: Offer, data: Any = None) -> None:
        super().__init__(thing, data)
        self.fields["email"].initial = thing.guest_email


class GuestAcceptForm(AcceptForm):
    """Without openings, which only members keep; with her word on her licence."""

    licensed = forms.BooleanField(
        label="I am licensed to treat clients there",
        error_messages={"required": "Without a licence there you cannot accept."},
    )

    def __init__(self, thing: Offer, data: Any = None) -> None:
        super().__init__(thing, data)
        del self.fields["makes_room"]
        state = thing.referral.jurisdiction
        where = vocabulary.label("states", state) if state else "the client’s state"
        self.fields["licensed"].label = f"I am licensed to treat clients in {where}"


class GuestBookForm(BookForm):
    def __init__(self, thing: Referral, data: Any = None) -> None:
        super().__init__(thing, data)
        zone = settings.TIME_ZONE.rpartition("/")[2].replace("_", " ")
        self.fields["at"].help_text = f"By the clock of {zone}."
