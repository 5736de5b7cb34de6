"""Words that explain an event of the trail, kept where they can be forgotten."""

import uuid

from django.db import models
from django.utils import timezone

from network.privacy.fields import EncryptedTextField


class ReasonWords(models.Model):
    """Why somebody did something, in her own words; the event has their hash only."""

    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event_id = models.UUIDField(unique=True)  # the event's public id
    words = EncryptedTextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "reason words"

    def __str__(self) -> str:
        return f"words of {self.event_id}"
