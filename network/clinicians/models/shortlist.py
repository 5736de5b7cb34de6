"""Colleagues that a clinician keeps at hand."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from network.clinicians.models.clinician import Clinician
from network.privacy.fields import EncryptedTextField

UNDO_FOR = timedelta(days=1)


class ShortlistEntryQuerySet(models.QuerySet["ShortlistEntry"]):
    def visible_to(self, clinician: Clinician) -> "ShortlistEntryQuerySet":
        """Her own list, of the colleagues whom she may still see."""
        return self.filter(
            owner=clinician, colleague__in=Clinician.objects.visible_to(clinician)
        )

    def kept(self) -> "ShortlistEntryQuerySet":
        return self.filter(removed_at__isnull=True)

    def removed_for_good(self) -> "ShortlistEntryQuerySet":
        return self.filter(removed_at__lte=timezone.now() - UNDO_FOR)

    def in_order(self) -> "ShortlistEntryQuerySet":
        return self.select_related("colleague").order_by("added_at", "pk")


class ShortlistEntry(models.Model):
    """One colleague on one clinician's shortlist, with a note for herself.

    A removed entry stays for a day, so that the removal can be undone whole.
    """

    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="shortlist"
    )
    colleague = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="shortlisted_by"
    )
    note = EncryptedTextField(blank=True, default="")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ShortlistEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "shortlist entries"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "colleague"], name="a_colleague_is_shortlisted_once"
            ),
            models.CheckConstraint(
                name="nobody_shortlists_herself", condition=~Q(owner=F("colleague"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} on the list of {self.owner_id}"
