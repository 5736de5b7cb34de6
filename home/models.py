"""What a person asked for of everything that is kept about her."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from network.accounts.models import User
from network.privacy.fields import EncryptedTextField

KEPT_FOR = timedelta(hours=24)


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: User) -> "ExportQuerySet":
        return self.filter(owner=user)

    def waiting(self) -> "ExportQuerySet":
        return self.filter(made_at__isnull=True)

    def fetchable(self) -> "ExportQuerySet":
        return self.filter(
            made_at__gt=timezone.now() - KEPT_FOR, fetched_at__isnull=True
        )

    def spent(self) -> "ExportQuerySet":
        """Fetched or too old: nothing of the content is needed any more."""
        old = models.Q(asked_at__lte=timezone.now() - KEPT_FOR)
        return self.filter(old | models.Q(fetched_at__isnull=False))


class Export(models.Model):
    """Everything about one person in one file: sealed, fetched once, kept for a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports"
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    content = EncryptedTextField(blank=True, default="")  # base64 of the ZIP

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                name="one_export_waits_at_a_time",
                condition=models.Q(made_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def kept_until(self) -> datetime | None:
        return self.made_at + KEPT_FOR if self.made_at else None
