"""Words that explain an event, the mode in which the network runs, and what is
destroyed.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
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


class Mode(models.TextChoices):
    NO_IDENTITY = "no-identity", "No-identity mode"
    IDENTITY = "identity", "Identity mode"


class ModeSwitch(models.Model):
    """Staff set the mode of the network, with the agreements that allow it."""

    mode = models.CharField(max_length=12, choices=Mode.choices)
    switched_at = models.DateTimeField(default=timezone.now, editable=False)
    switched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    # What stood behind it: the versions in force, and the business associate agreement.
    terms = models.CharField(max_length=20)
    privacy_notice = models.CharField(max_length=20)
    agreement_with = models.CharField(max_length=120, blank=True)
    agreement_signed_on = models.DateField(null=True, blank=True)

    class Meta:
        get_latest_by = ["switched_at", "pk"]
        verbose_name_plural = "mode switches"
        constraints = [
            models.CheckConstraint(
                name="identity_needs_an_agreement",
                condition=models.Q(mode=Mode.NO_IDENTITY)
                | models.Q(agreement_signed_on__isnull=False)
                & ~models.Q(agreement_with=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mode} since {self.switched_at}"


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def waiting(self) -> "DestructionQuerySet":
        return self.filter(done_at__isnull=True).order_by("pk")

    def all_gone(self) -> dict[uuid.UUID, str]:
        """Every key of every destruction, and its scope."""
        return {
            key: scope
            for destruction in self
            for key, scope in destruction.gone.items()
        }


class Destruction(models.Model):
    """Data keys that are to go: owed until it is done, whatever crashes between."""

    scope = models.CharField(max_length=200)
    keys = ArrayField(models.UUIDField())
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = DestructionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"keys of {self.scope}"

    @property
    def gone(self) -> dict[uuid.UUID, str]:
        return dict.fromkeys(self.keys, self.scope)
