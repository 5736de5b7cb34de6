"""What a client says where the choice is hers, short of choosing."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from network.clients.models import Party
from referrals.models.referral import Referral


class Reply(models.Model):
    """One party's, the newest: an order, a call, or none of them. Codes, no words."""

    class Kind(models.TextChoices):
        RANKED = "ranked", "would go to them in this order"
        CALL = "call", "asks to be called first"
        NONE = "none", "wants none of them"

    referral = models.ForeignKey(
        Referral, on_delete=models.CASCADE, related_name="replies"
    )
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Public ids of offers, the first wish first.
    ranked = ArrayField(models.UUIDField(), default=list, blank=True)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "party"], name="a_party_replies_once"
            ),
            models.CheckConstraint(
                name="an_order_is_of_somebody",
                condition=models.Q(kind="ranked") ^ models.Q(ranked=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.party_id}"
