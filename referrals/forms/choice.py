"""What a client says behind her link, where the choice is hers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from referrals.actions.replying import Wish
from referrals.forms.steps import StepForm
from referrals.models import Referral, Reply

PLACES = ("first", "second", "third")
TWICE = "You have named this person above."


class ShortReplyForm(StepForm):
    """A button: please call me, or none of them."""

    kind = forms.TypedChoiceField(
        choices=[(one.value, one.value) for one in (Reply.Kind.CALL, Reply.Kind.NONE)],
        coerce=Reply.Kind,
    )

    @property
    def wish(self) -> Wish:
        return Wish(self.cleaned_data["kind"])


class RankingForm(StepForm):
    """Up to three; only the first one is owed."""

    def __init__(
        self,
        thing: Referral,
        people: Mapping[UUID, str],
        data: Any = None,
        ranked: list[UUID] | None = None,
    ) -> None:
        super().__init__(thing, data)
        known = [str(one) for one in ranked or () if one in people]
        named = [(str(key), name) for key, name in people.items()]
        for n, place in enumerate(PLACES[: len(people)]):
            self.fields[place] = forms.ChoiceField(
                label=f"Your {place} wish",
                choices=[("", "Choose" if n == 0 else "Nobody"), *named],
                required=n == 0,
                initial=known[n] if n < len(known) else "",
                error_messages={"required": "Say who comes first."},
            )

    def clean(self) -> dict[str, Any]:
        said, seen = self.cleaned_data, set[str]()
        for place in PLACES:
            one = said.get(place, "")
            if one and one in seen:
                self.add_error(place, TWICE)
            seen.add(one)
        return said

    @property
    def wish(self) -> Wish:
        said = [self.cleaned_data.get(place, "") for place in PLACES]
        return Wish(Reply.Kind.RANKED, tuple(UUID(one) for one in said if one))
