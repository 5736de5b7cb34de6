"""What somebody has written and sends later."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from messaging.models.membership import Membership
from messaging.models.topic import Topic
from network.clinicians.models import Clinician


class ScheduledMessageQuerySet(models.QuerySet["ScheduledMessage"]):
    def visible_to(self, clinician: Clinician) -> "ScheduledMessageQuerySet":
        """Her own, of conversations in which she is."""
        if not clinician.is_verified:
            return self.none()
        return self.filter(membership__in=Membership.objects.of(clinician)).whole()

    def waiting(self) -> "ScheduledMessageQuerySet":
        return self.filter(refused="")

    def due(self, now: datetime) -> "ScheduledMessageQuerySet":
        return self.waiting().filter(due_at__lte=now).soonest_first()

    def soonest_first(self) -> "ScheduledMessageQuerySet":
        return self.order_by("due_at", "pk")

    def whole(self) -> "ScheduledMessageQuerySet":
        """With what its sealing and its sending ask for."""
        return self.select_related(
            "membership__conversation", "membership__clinician__user", "topic"
        )


class ScheduledMessage(models.Model):
    """Sealed like a draft, and its writer's alone until its hour; under its client_id
    it comes into the log then. `refused` is why it could not: it waits for her.
    """

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="scheduled"
    )
    client_id = models.UUIDField(editable=False)
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reply_to = models.BigIntegerField(null=True, editable=False)
    # Seconds, from when it is sent.
    expires_in = models.PositiveIntegerField(null=True, editable=False)
    confirm_in = models.PositiveIntegerField(null=True, editable=False)
    mentions = ArrayField(models.UUIDField(), default=list, editable=False)
    guard_reason = models.CharField(max_length=30, blank=True, editable=False)
    key_id = models.UUIDField(editable=False)
    body = models.BinaryField(editable=False)
    due_at = models.DateTimeField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    refused = models.CharField(max_length=30, blank=True, editable=False)

    objects = ScheduledMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "client_id"],
                name="what_is_scheduled_twice_waits_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(refused=""), name="messages_to_be_sent"
            )
        ]

    def __str__(self) -> str:
        return f"scheduled by membership {self.membership_id}"

    @property
    def whose(self) -> str:
        """What its sealing is bound to, beside the conversation's key."""
        member = self.membership
        place = f"{member.conversation.public_id}:{member.clinician.public_id}"
        return f"{place}:{self.client_id}"
