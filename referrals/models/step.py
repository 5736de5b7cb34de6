"""Which steps were taken: one that comes twice under its key is taken once."""

from django.db import models
from django.utils import timezone

from referrals.models.referral import Referral


class Step(models.Model):
    """By whom, under which key; of what was said with it the keyed hash alone."""

    referral = models.ForeignKey(
        Referral, on_delete=models.CASCADE, related_name="steps"
    )
    actor = models.CharField(max_length=80)  # kind and public id, as in the trail
    key = models.UUIDField()
    verb = models.CharField(max_length=30)
    said = models.CharField(max_length=100)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "key"], name="a_key_is_good_for_one_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} of referral {self.referral_id}"
