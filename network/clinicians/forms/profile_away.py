"""Time away, and the colleague who covers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from network.clinicians.forms.profile_fields import DayField
from network.clinicians.models import Clinician


class AwayForm(forms.Form):
    starts_on = DayField(label="First day away")
    ends_on = DayField(label="Last day away")
    coverer = forms.CharField(
        max_length=120,
        required=False,
        label="Who covers",
        help_text="A colleague's name. Without one, nobody finds you meanwhile.",
    )

    def __init__(self, clinician: Clinician, data: Any = None) -> None:
        self.clinician = clinician
        super().__init__(data, auto_id="id_%s")

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day < timezone.localdate():
            raise ValidationError("This day has passed.")
        return day

    def clean_coverer(self) -> Clinician | None:
        name = self.cleaned_data["coverer"].strip()
        if not name:
            return None
        colleagues = Clinician.objects.visible_to(self.clinician).verified()
        found = colleagues.exclude(pk=self.clinician.pk).filter(name__iexact=name)[:2]
        if len(found) != 1:
            raise ValidationError("No colleague here, or more than one, has this name.")
        return found[0]

    def clean(self) -> None:
        first, last = (self.cleaned_data.get(n) for n in ("starts_on", "ends_on"))
        if first and last and last < first:
            self.add_error("ends_on", "This is before the first day.")
