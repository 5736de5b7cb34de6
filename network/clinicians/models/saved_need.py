"""What a client needs, kept for a while by the clinician who looks for a colleague."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from network.clinicians.models.clinician import Clinician
from network.privacy.fields import EncryptedJSONField

KEPT_FOR = timedelta(days=30)


class SavedNeedQuerySet(models.QuerySet["SavedNeed"]):
    def visible_to(self, clinician: Clinician) -> "SavedNeedQuerySet":
        """Its owner's alone, and only while it is kept."""
        return self.filter(
            owner=clinician, created_at__gt=timezone.now() - KEPT_FOR
        ).select_related("owner")

    def lapsed(self) -> "SavedNeedQuerySet":
        return self.filter(created_at__lte=timezone.now() - KEPT_FOR)

    def newest_first(self) -> "SavedNeedQuerySet":
        return self.order_by("-changed_at", "-pk")


class SavedNeed(models.Model):
    """The criteria of a search: clinical, so encrypted, and gone after thirty days.

    The content holds the need itself, the questions that its text left open, and
    whom its owner compares; never the text.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="saved_needs"
    )
    content: Any = EncryptedJSONField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedNeedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-changed_at"], name="needs_of_an_owner")
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("clinicians:need", args=[self.public_id])

    @property
    def kept_until(self) -> datetime:
        return self.created_at + KEPT_FOR
