"""The words of a referral, each sealed by the key of its case."""

import uuid

from django.db import models
from django.utils import timezone

from referrals.models.offer import Offer
from referrals.models.referral import Referral


class Passage(models.Model):
    """What was written, sealed by `referrals.sealed`; gone with the case's key."""

    class Kind(models.TextChoices):
        NEED = "need", "What the client needs"
        CRITERIA = "criteria", "What was searched for"
        QUESTION = "question", "A question"
        ANSWER = "answer", "An answer"
        ATTEMPT = "attempt", "Of an attempt to reach the client"
        REPORT = "report", "An interim report"
        OUTCOME = "outcome", "How it ended"
        REASON = "reason", "Why"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(
        Referral, on_delete=models.CASCADE, related_name="passages"
    )
    # Between the sender and one colleague; none: for all who may read.
    offer = models.ForeignKey(
        Offer, on_delete=models.CASCADE, null=True, related_name="passages"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key_id = models.UUIDField(editable=False)
    box = models.BinaryField(editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "kind"],
                condition=models.Q(kind__in=["need", "criteria"]),
                name="a_referral_says_once_what_is_needed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of referral {self.referral_id}"
