"""What staff still look at of a person: who she says she is, and what shows it."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from network.accounts.models import User
from network.accounts.permissions import powers
from network.clinicians.models.clinician import Clinician
from network.clinicians.models.licence import (
    Licence,
    Privilege,
    pending_field,
    submitted_field,
)
from network.privacy.fields import EncryptedTextField

# Who has taken a file and does nothing gives it back.
TAKEN_FOR = timedelta(days=1)


class Review(models.Model):
    """The staff's file of one person: how she herself stands, and who has it now."""

    clinician = models.OneToOneField(
        Clinician, on_delete=models.CASCADE, primary_key=True, related_name="review"
    )
    pending = pending_field()
    submitted_at = submitted_field()
    # What has changed of her since staff last vouched.
    changed = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"file of {self.clinician_id}"

    @classmethod
    def of(cls, clinician: Clinician) -> "Review":
        """Hers, or a new one that nobody has kept yet: she waits since she came."""
        try:
            return clinician.review
        except cls.DoesNotExist:
            return cls(clinician=clinician, submitted_at=clinician.created_at)

    @property
    def verified_at(self) -> datetime | None:
        return self.clinician.verified_at

    def holder(self, now: datetime) -> User | None:
        """Who has it in hand, until a day has passed."""
        is_over = self.taken_at is None or now >= self.taken_at + TAKEN_FOR
        return None if is_over else self.taken_by


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> "EvidenceQuerySet":
        """Its owner's, and the staff's who verify others."""
        if not user.is_active:
            return self.none()
        verifies = "verify" in powers(user)
        return self if verifies else self.filter(clinician__user=user)

    def with_file(self) -> "EvidenceQuerySet":
        return self.filter(file__isnull=False).select_related("file")


class Evidence(models.Model):
    """What shows that a claim is true: a link, or a file of which the hash stays."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="evidence"
    )
    licence = models.ForeignKey(
        Licence,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="evidence",
    )
    privilege = models.ForeignKey(
        Privilege,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="evidence",
    )
    link = models.URLField(max_length=300, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    attached_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_is_of_one_claim_at_most",
                condition=Q(licence__isnull=True) | Q(privilege__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"evidence {self.public_id}"


class EvidenceFile(models.Model):
    """The file itself, sealed; it goes thirty days after the decision."""

    evidence = models.OneToOneField(
        Evidence, on_delete=models.CASCADE, primary_key=True, related_name="file"
    )
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = EncryptedTextField()  # in base64

    def __str__(self) -> str:
        return f"file of {self.evidence_id}"
