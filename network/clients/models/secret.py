"""What could tell who somebody is, sealed by a key that is one client's alone."""

import uuid

from django.db import models
from django.utils import timezone

from network.clients.models.client import Party


class Secret(models.Model):
    """Who a party is and how to reach her, or what a court said of custody."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", "Name and contact"
        CUSTODY = "custody", "A note on custody"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="secrets")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key_id = models.UUIDField(editable=False)
    body = models.BinaryField(editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind"], name="a_party_has_one_secret_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.party_id}"
