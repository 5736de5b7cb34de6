"""Where people work: practices, a clinician's places in them, programmes."""

import uuid

from django.db import models

from network.clinicians.models.clinician import Clinician
from network.clinicians.models.fields import term_field, terms_field


class Practice(models.Model):
    """A place of work that one or several clinicians share."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=60, blank=True)
    state = term_field("states", blank=True)
    zip = models.CharField("ZIP", max_length=5, blank=True, db_index=True)
    # The centroid of the ZIP, in degrees; none where the ZIP is not known.
    latitude = models.FloatField(null=True, blank=True, editable=False)
    longitude = models.FloatField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "street", "zip"],
                name="a_named_practice_stands_once_at_an_address",
                condition=~models.Q(name=""),
            )
        ]

    def __str__(self) -> str:
        return self.name or f"{self.city} {self.state}".strip() or self.zip


class Place(models.Model):
    """One clinician works at one practice."""

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="places"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="places"
    )
    # Hers there: another who names the same practice does not speak for her.
    phone = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinician", "practice"],
                name="a_clinician_is_listed_once_at_a_practice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clinician_id} at {self.practice_id}"


class Programme(models.Model):
    """A programme with levels of care that a clinician leads or takes intake for."""

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="programmes"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.SET_NULL, null=True, related_name="programmes"
    )
    name = models.CharField(max_length=120)
    levels_of_care = terms_field("levels_of_care")
    intake_phone = models.CharField(max_length=30, blank=True)
    places_open = models.PositiveSmallIntegerField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    # Federally assisted, for substance use: its records are under 42 CFR Part 2.
    is_part2 = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
