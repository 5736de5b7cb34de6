"""What may not be destroyed for now."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from messaging.models.conversation import Conversation
from network.clinicians.models import Clinician
from network.privacy.fields import EncryptedTextField


class HoldQuerySet(models.QuerySet["Hold"]):
    def standing(self) -> "HoldQuerySet":
        return self.filter(lifted_at__isnull=True)


class Hold(models.Model):
    """A legal hold on one conversation, or on all in which somebody ever was.

    What it is on cannot be deleted below it. Its reference (`matter`) is for staff.
    """

    class Ground(models.TextChoices):
        LAWSUIT = "lawsuit", "A lawsuit that is pending or to be expected"
        COURT = "court", "An order or a subpoena of a court"
        BOARD = "board", "An inquiry of a licensing board"
        AUTHORITY = "authority", "An inquiry of another authority"
        INCIDENT = "incident", "A security incident that is being looked into"

    class Lifting(models.TextChoices):
        OVER = "over", "The matter is over"
        RELEASED = "released", "Whoever asked for it has released it"
        MISTAKE = "mistake", "It was set by mistake"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, related_name="holds"
    )
    clinician = models.ForeignKey(
        Clinician, on_delete=models.PROTECT, null=True, related_name="holds"
    )
    ground = models.CharField(max_length=10, choices=Ground)
    matter = EncryptedTextField()
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_hold_is_on_a_conversation_or_on_somebody",
                condition=Q(conversation__isnull=True, clinician__isnull=False)
                | Q(conversation__isnull=False, clinician__isnull=True),
            ),
            models.CheckConstraint(
                name="nobody_lifts_what_she_has_set",
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("set_by")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_standing(self) -> bool:
        return self.lifted_at is None
