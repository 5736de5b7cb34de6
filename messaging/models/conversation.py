"""What members write to each other, in one order for all of them."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from network.clinicians.models import Clinician
from network.privacy.fields import EncryptedTextField

AFTER = 25  # entries that are shown after one that was asked for


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, clinician: Clinician) -> "ConversationQuerySet":
        """Those she is in now; dark to whoever is not a member of the network."""
        if not clinician.is_verified:
            return self.none()
        return self.filter(
            memberships__clinician=clinician, memberships__left_at__isnull=True
        )


class Conversation(models.Model):
    """Its log is numbered without a gap: a place in it is an epoch and a `seq`.

    `last_ordinal` counts the messages alone; what is unread is measured by it.
    """

    class Kind(models.TextChoices):
        DIRECT = "direct", "Between two"
        MANY = "many", "Among several"
        ATTACHED = "attached", "Of something else"

    class Guarding(models.TextChoices):
        """What follows from words that tell who somebody is."""

        WARN = "warn", "Warn whoever writes"
        REASON = "reason", "Ask for a reason"
        BLOCK = "block", "Do not send it"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = EncryptedTextField(blank=True, default="")
    # Of a conversation between two: their keys, the smaller first.
    pair = models.CharField(
        max_length=50, null=True, blank=True, unique=True, editable=False
    )
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)
    last_seq = models.BigIntegerField(default=0, editable=False)
    last_ordinal = models.BigIntegerField(default=0, editable=False)
    # Raised by every change of who may read here.
    access_version = models.IntegerField(default=0, editable=False)
    # After so many days messages go; nothing, and they stay.
    keep_days = models.PositiveIntegerField(null=True, editable=False)
    last_message_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    guarding = models.CharField(
        max_length=10,
        choices=Guarding,
        default=Guarding.WARN,
        db_default=Guarding.WARN.value,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_conversation_between_two_has_its_pair",
                condition=Q(kind="direct", pair__isnull=False)
                | (~Q(kind="direct") & Q(pair__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("messaging:conversation", args=[self.public_id])

    def address_of(self, seq: int) -> str:
        """The thread around it: some of what came after, more of what was before."""
        around = f"?before={seq + AFTER}" if seq + AFTER <= self.last_seq else ""
        return f"{self.get_absolute_url()}{around}#m{seq}"

    @property
    def is_direct(self) -> bool:
        return self.kind == self.Kind.DIRECT

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def last_active_at(self) -> datetime:
        return self.last_message_at or self.created_at
