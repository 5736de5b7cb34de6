"""The read model of the search: made from profiles by one function, never edited."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from network.clinicians.models.clinician import Clinician


class Listing(models.Model):
    """How one clinician is found: narrow, packed, rebuilt with every change of hers.

    Days are ordinals. What the bytes and the tags mean, `matching.layout` knows.
    """

    clinician = models.OneToOneField(
        Clinician, on_delete=models.CASCADE, primary_key=True, related_name="listing"
    )
    public_id = models.UUIDField()
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    z = models.FloatField(null=True)
    good_until = models.IntegerField()
    away_from = models.IntegerField()
    away_until = models.IntegerField()
    last_confirmed = models.IntegerField()
    open_from = models.IntegerField()
    open_confirmed = models.IntegerField()
    open_slots = models.IntegerField()
    recent_offers = models.IntegerField()
    fee = models.IntegerField(null=True)
    acuity_min = models.SmallIntegerField()
    acuity_max = models.SmallIntegerField()
    layout = models.SmallIntegerField()
    visible = models.BooleanField()
    more_openings = ArrayField(models.IntegerField(), null=True)
    more_points = ArrayField(models.FloatField(), null=True)
    refusals = ArrayField(models.IntegerField(), null=True)
    traits = models.BinaryField()
    tags = ArrayField(models.IntegerField())

    class Meta:
        indexes = [
            # The pending list of a quick update makes every search slower: off.
            GinIndex(
                name="listing_tags",
                fields=["tags"],
                fastupdate=False,
                condition=Q(visible=True),
            )
        ]

    def __str__(self) -> str:
        return f"listing of {self.clinician_id}"


class ListingCard(models.Model):
    """What a result shows: beside the listing, which stays narrow without it."""

    clinician = models.OneToOneField(
        Clinician, on_delete=models.CASCADE, primary_key=True, related_name="card"
    )
    plain_name = models.TextField()
    card = models.JSONField()

    class Meta:
        indexes = [
            GinIndex(
                name="listing_card_name",
                fields=["plain_name"],
                opclasses=["gin_trgm_ops"],
            )
        ]

    def __str__(self) -> str:
        return f"card of {self.clinician_id}"
