"""Two people who shall not find each other."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from network.clinicians.models.clinician import Clinician


class Block(models.Model):
    """One clinician blocks another: neither finds the other."""

    blocker = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="blocks_made"
    )
    blocked = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="blocks_received"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["blocker", "blocked"], name="somebody_is_blocked_once"
            ),
            models.CheckConstraint(
                name="nobody_blocks_herself", condition=~Q(blocker=F("blocked"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"
