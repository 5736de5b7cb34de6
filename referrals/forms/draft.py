"""What a referral asks for, of whom, and for which client."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from network.clients.models import Client
from network.clinicians import vocabulary
from network.clinicians.forms.find_phrases import ACUITY
from network.clinicians.forms.profile_fields import TermField
from network.clinicians.models import Clinician
from referrals.actions.drafting import Draft
from referrals.actions.passages import LONGEST
from referrals.forms.explained import Explained, explained
from referrals.forms.steps import ComingDay
from referrals.machine.words import SUB_REASONS, Kind, Mode, Urgency
from referrals.wording import OFFERED, how_soon

# What a search has of the searcher's own, or what tells where the client lives.
HERS = {"exclude", "weights", "limit", "cursor", "text", "include_unclaimed"}
MODES = [explained(one, words) for one, words in OFFERED.items()]
URGENCIES = [explained(one, how_soon(one)) for one in Urgency]
OF_ANOTHER = "This belongs to another reason: choose one of those under yours."


def shareable(need: Mapping[str, Any]) -> dict[str, Any]:
    """The criteria of a search as a colleague may read them: without the ZIP."""
    kept = {name: said for name, said in need.items() if said and name not in HERS}
    if place := kept.pop("place", None):
        kept["place"] = {key: place[key] for key in ("mode", "state") if place.get(key)}
    return kept


def sub_reasons() -> list[tuple[str, Any]]:
    """Under the reason to which they belong."""
    groups = [
        (vocabulary.label("reasons", slug), [(one.value, one.label) for one in finer])
        for slug, finer in SUB_REASONS.items()
    ]
    return [("", "Not said"), *groups]


def prefilled(need: Mapping[str, Any], state: str) -> dict[str, Any]:
    return {
        "kind": need.get("kind") or Kind.TRANSFER,
        "reason": next(iter(need.get("reasons") or ()), ""),
        "acuity": (need.get("acuity") or {}).get("level", ""),
        "jurisdiction": state,
    }


class DraftForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    client = forms.ModelChoiceField(
        label="Client",
        queryset=Client.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="A new client, who gets a handle",
    )
    people = forms.ModelMultipleChoiceField(
        label="Whom to ask",
        queryset=Clinician.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Those whom you chose, and your shortlist. Somebody who is not a "
        "member is added on the next page.",
    )
    kind = forms.ChoiceField(label="What for", choices=Kind.choices)
    reason = TermField("reasons", label="Why")
    sub_reason = forms.ChoiceField(
        label="More exactly", choices=sub_reasons, required=False
    )
    urgency = forms.ChoiceField(
        label="How soon is an answer needed?",
        choices=URGENCIES,
        initial=Urgency.ROUTINE,
        widget=Explained,
    )
    planned_on = ComingDay(label="Planned for", required=False)
    mode = forms.ChoiceField(
        label="Who is chosen?", choices=MODES, initial=Mode.SENDER, widget=Explained
    )
    jurisdiction = TermField("states", label="Where the client lives")
    acuity = forms.TypedChoiceField(
        label="How acute",
        coerce=int,
        choices=[
            ("", "Choose"),
            *((n, f"{n} · {words}") for n, words in enumerate(ACUITY)),
        ],
    )
    body = forms.CharField(
        label="What the client needs",
        max_length=LONGEST,
        help_text="Every colleague whom you ask reads this and the criteria. No names, "
        "dates, places or employers.",
        widget=forms.Textarea({"rows": 8, "autocomplete": "off"}),
        error_messages={"required": "Say what the client needs."},
    )

    def __init__(
        self,
        me: Clinician,
        people: QuerySet[Clinician],
        data: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"key": uuid4(), **(initial or {})})
        mine = Client.objects.visible_to(me).in_order()
        self.fields["client"].queryset = mine  # type: ignore[attr-defined]
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("urgency") == Urgency.PLANNED and not said.get("planned_on"):
            self.add_error("planned_on", "Say for which day.")
        finer = said.get("sub_reason")
        if finer and finer not in SUB_REASONS.get(said.get("reason", ""), ()):
            self.add_error("sub_reason", OF_ANOTHER)
        return said

    def draft(self, criteria: Mapping[str, Any]) -> Draft:
        said = dict(self.cleaned_data)
        is_planned = said["urgency"] == Urgency.PLANNED
        return Draft(
            need=said["body"].replace("\r\n", "\n"),
            criteria=criteria,
            planned_on=said["planned_on"] if is_planned else None,
            **{name: said[name] for name in PLAIN},
        )


PLAIN = (
    "kind",
    "reason",
    "sub_reason",
    "urgency",
    "mode",
    "jurisdiction",
    "acuity",
)
