"""Who is looked up for conflicts, as hashes; no name is kept."""

import uuid

from django.db import models
from django.utils import timezone

from referrals.models.referral import Referral


class Sought(models.Model):
    """Sealed by the key of the case, for the second check; gone with its words."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.OneToOneField(
        Referral, on_delete=models.CASCADE, related_name="sought"
    )
    people = models.PositiveSmallIntegerField(default=0, editable=False)
    key_id = models.UUIDField(editable=False)
    box = models.BinaryField(editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "sought"

    def __str__(self) -> str:
        return f"{self.people} of referral {self.referral_id}"
