"""Openings: how many, when, and how fresh the word is."""

from datetime import date, timedelta

from django.db import models

from network.clinicians.models.clinician import Clinician
from network.clinicians.models.fields import term_field, terms_field

FRESH_FOR = timedelta(days=21)


class Opening(models.Model):
    """So many places of one kind, as confirmed on one day; unknown after 21 days."""

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="openings"
    )
    slots = terms_field("slots")
    format = term_field("formats", blank=True)
    payer = term_field("payers", blank=True)
    count = models.PositiveSmallIntegerField(default=1)
    available_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.count} as of {self.confirmed_on}"

    def is_known(self, on: date) -> bool:
        """Whether the confirmation is young enough to be believed that day."""
        return on - self.confirmed_on <= FRESH_FOR
