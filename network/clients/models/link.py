"""The way in for a client, without an account."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from network.clients.models.client import Client, Party
from network.clinicians.models import Clinician

VALID_FOR = timedelta(days=14)
TRIES = 5


class AccessLinkQuerySet(models.QuerySet["AccessLink"]):
    def visible_to(self, clinician: Clinician) -> "AccessLinkQuerySet":
        return self.filter(party__client__in=Client.objects.visible_to(clinician))

    def valid(self, now: datetime) -> "AccessLinkQuerySet":
        """Nobody's whose clinician has left, or is held back."""
        return self.filter(
            ended_at__isnull=True,
            expires_at__gt=now,
            party__client__erased_at__isnull=True,
            party__client__owner__in=Clinician.objects.verified(),
        ).select_related("party__client__owner__user")


class AccessLink(models.Model):
    """One party's: she has the link, and the code that her therapist told her.

    Neither is kept here: of the link its hash, of the code a keyed one. A newer link
    of the same party ends it, and so does the fifth wrong code.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    code_hash = models.CharField(max_length=200, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(ended_at__isnull=True),
                name="a_party_has_one_link_at_a_time",
            ),
            models.CheckConstraint(
                name="a_link_is_over_after_five_wrong_codes",
                condition=Q(tries__lt=TRIES) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def tries_left(self) -> int:
        return TRIES - self.tries
