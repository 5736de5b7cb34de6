"""When something shall happen, by the clock of whoever chooses it."""

from datetime import datetime, time, timedelta

from django import forms
from django.http import QueryDict
from django.utils import timezone

FARTHEST = timedelta(days=365)
EIGHT = time(8)
OWN = "at"  # she names the day and the hour herself
CHOICES = {
    "hour": "in an hour",
    "morning": "tomorrow, 8:00",
    "monday": "on Monday, 8:00",
    OWN: "at another time",
}
WHEN = "Choose a day and an hour."
PAST = "This has passed already. Choose a later time."
TOO_FAR = "Choose a time within a year."


def moment_of(choice: str, now: datetime) -> datetime:
    """In the time zone of the page; Monday is the next one, never today."""
    if choice == "hour":
        return now + timedelta(hours=1)
    today = timezone.localdate(now)
    days = 7 - today.weekday() if choice == "monday" else 1
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), EIGHT))


class MomentForm(forms.Form):
    """`when` names it, or `at` says it; `moment` comes out."""

    when = forms.ChoiceField(
        choices=list(CHOICES.items()), widget=forms.Select({"class": "input"})
    )
    at = forms.DateTimeField(
        label="Day and hour",
        required=False,
        widget=forms.DateTimeInput(
            {"type": "datetime-local", "class": "input"}, "%Y-%m-%dT%H:%M"
        ),
    )

    def clean(self) -> None:
        found, now = self.cleaned_data, timezone.now()
        if "when" not in found or "at" not in found:
            return
        if found["when"] != OWN:
            found["moment"] = moment_of(found["when"], now)
        elif found["at"] is None:
            self.add_error("at", WHEN)
        elif found["at"] <= now:
            self.add_error("at", PAST)
        elif found["at"] > now + FARTHEST:
            self.add_error("at", TOO_FAR)
        else:
            found["moment"] = found["at"]


def other_moment(
    place: str, at: datetime | None, said: QueryDict | None = None
) -> MomentForm:
    """In place of this one; several stand on one page, each with its place."""
    initial = {"when": OWN, "at": at} if at else {}
    return MomentForm(said, initial=initial, auto_id=f"moment-{place}-%s")
