"""Openings: how many, when, and how fresh the word is."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from django.db import models

from network.clinicians.models.clinician import Clinician
from network.clinicians.models.fields import term_field, terms_field

# From a fortnight on its owner is asked; after three weeks it is not believed any
# more, after 45 days not even shown.
ASKED_AFTER = timedelta(days=14)
FRESH_FOR = timedelta(days=21)
SHOWN_FOR = timedelta(days=45)


class Freshness(StrEnum):
    CONFIRMED = "confirmed"
    AGEING = "ageing"
    UNKNOWN = "unknown"
    HIDDEN = "hidden"


def freshness(confirmed_on: date, on: date) -> Freshness:
    age = on - confirmed_on
    if age < ASKED_AFTER:
        return Freshness.CONFIRMED
    if age <= FRESH_FOR:
        return Freshness.AGEING
    return Freshness.UNKNOWN if age <= SHOWN_FOR else Freshness.HIDDEN


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

    def freshness(self, on: date) -> Freshness:
        return freshness(self.confirmed_on, on)


def total(openings: Sequence[Opening]) -> int:
    """How many places in all, whatever their kind and however old the word."""
    return sum(one.count for one in openings)


def oldest(openings: Sequence[Opening]) -> date | None:
    """The day from which on not all of them were confirmed again."""
    return min((one.confirmed_on for one in openings), default=None)
