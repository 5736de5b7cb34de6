"""Words between the two on the way, and how it ends: what is asked for with each."""

from typing import Any

from django import forms

from messaging.guarding import Reason
from referrals.actions.noting import is_watched
from referrals.forms.explained import Sentences
from referrals.forms.steps import Box, DeclineForm, StepForm
from referrals.machine.continuity import Care, is_kept
from referrals.machine.words import ARRIVED, Kind, Outcome, S
from referrals.models import Offer, Referral

NOT_DONE = "A transfer that did not arrive is closed when each of these is done."
BOTH_READ = (
    "Where the client has arrived both of you read it; of any other ending you alone."
)
IN_WORDS = "Say in your own words how it ended: the list does not fit this."


def why_it_stays() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="If these words are stopped: why they may stay",
        choices=[("", "It names nobody"), *Reason.choices],
        required=False,
    )


class NotedForm(StepForm):
    """Where the colleague knows who the client is, no guard stands between the two."""

    def __init__(self, thing: Referral | Offer, data: Any = None) -> None:
        super().__init__(thing, data)
        if not is_watched(thing.referral if isinstance(thing, Offer) else thing):
            del self.fields["guard_reason"]


class WhyForm(NotedForm):
    words = Box("Why", "For yourself: no colleague reads it.", required=False)
    guard_reason = why_it_stays()


class CancelForm(NotedForm):
    words = Box("Why", "The colleague reads it. Name nobody.", required=False)
    guard_reason = why_it_stays()


class RenegeForm(DeclineForm):
    words = Box("A word to the sender", required=False)
    guard_reason = why_it_stays()

    def __init__(self, thing: Offer, data: Any = None) -> None:
        super().__init__(thing, data)
        self.fields.pop("suggested", None)
        if not is_watched(thing.referral):
            del self.fields["guard_reason"]


class NoteForm(NotedForm):
    words = Box("A note for both of you", required=False)
    guard_reason = why_it_stays()


class ReportForm(NotedForm):
    words = Box("How it goes", "The colleague reads it, within what the client allows.")
    guard_reason = why_it_stays()


class AttemptForm(NotedForm):
    how = forms.ChoiceField(
        label="How you tried",
        choices=[("phone", "Telephone"), ("message", "Message"), ("letter", "Letter")],
        widget=forms.RadioSelect,
    )
    words = Box("What came of it", required=False)
    guard_reason = why_it_stays()


class Owed(forms.MultipleChoiceField):
    """All of them, where they are: the form says where, since it hangs on another."""

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


class CloseForm(NotedForm):
    outcome = forms.TypedChoiceField(
        label="How did it end?",
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
    )
    care = Owed(
        label="Nobody is left alone",
        choices=Care.choices,
        widget=Sentences,
        help_text="While the client has not arrived elsewhere, the responsibility is "
        "yours: it closes once each of these is done. An emergency, a death, or what "
        "was entered twice, is said in words instead.",
    )
    words = Box("What both should know", BOTH_READ, required=False)
    guard_reason = why_it_stays()

    def __init__(self, thing: Referral, data: Any = None) -> None:
        """Only who came can have arrived; only who is handed on can be left alone."""
        super().__init__(thing, data)
        here = thing.state == S.ENGAGED
        outcomes = [one for one in Outcome if here or one not in ARRIVED]
        choices = [(one.value, one.label) for one in outcomes]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        if thing.kind != Kind.TRANSFER:
            del self.fields["care"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        outcome, care = said.get("outcome"), said.get("care", [])
        if "care" not in self.fields or outcome is None or outcome in ARRIVED:
            return said
        if not is_kept(outcome, care, said.get("words", "")):
            is_hard = is_kept(outcome, care, "said")
            name, why = ("words", IN_WORDS) if is_hard else ("care", NOT_DONE)
            self.add_error(name, why)
        return said
