"""Entries of the national provider registry that nobody has claimed."""

import uuid
from itertools import zip_longest

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from network.clinicians.models.clinician import Clinician
from network.clinicians.nppes.names import is_last_name


class RegistryEntryQuerySet(models.QuerySet["RegistryEntry"]):
    def visible_to(self, clinician: Clinician) -> "RegistryEntryQuerySet":
        """Only verified members see the registry, and only active entries."""
        if not clinician.is_verified:
            return self.none()
        return self.filter(deactivated_on__isnull=True)

    def to_be_claimed(self) -> "RegistryEntryQuerySet":
        """Active, and bound to nobody: what a look-up may answer with."""
        return self.unclaimed().filter(deactivated_on__isnull=True)

    def unclaimed(self) -> "RegistryEntryQuerySet":
        bound = Clinician.objects.filter(
            npi=models.OuterRef("npi"), npi_bound_at__isnull=False
        )
        return self.filter(~models.Exists(bound))


class RegistryEntry(models.Model):
    """A listed, unclaimed clinician: public record, not verified, never public here."""

    npi = models.CharField("NPI", max_length=10, primary_key=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=160)
    credentials = models.CharField(max_length=80, blank=True)
    gender = models.CharField(max_length=40, blank=True)
    profession = models.CharField(max_length=40)
    taxonomies = ArrayField(models.CharField(max_length=10))  # the primary one first
    licence_states = ArrayField(models.CharField(max_length=2), default=list)
    # One a state, in the order of the states; empty where the registry has none.
    licence_numbers = ArrayField(
        models.CharField(max_length=20), default=list, db_default=[]
    )
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip = models.CharField("ZIP", max_length=5, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    deactivated_on = models.DateField(null=True)
    updated_on = models.DateField(null=True)  # the registry's own last update
    imported_at = models.DateTimeField()

    objects = RegistryEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["zip"], name="registry_zip"),
            GinIndex(fields=["licence_states"], name="registry_licence_states"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_of(self, last_name: str) -> bool:
        return is_last_name(last_name, self.name)

    @property
    def licences(self) -> list[tuple[str, str]]:
        """States with the numbers that the registry has of them."""
        return list(
            zip_longest(self.licence_states, self.licence_numbers, fillvalue="")
        )
