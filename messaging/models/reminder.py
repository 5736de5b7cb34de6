"""Of which messages somebody wants to be reminded."""

from datetime import datetime

from django.db import models
from django.db.models import F

from messaging.models.membership import Membership
from network.clinicians.models import Clinician


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, clinician: Clinician) -> "ReminderQuerySet":
        """Her own, of what she may read of conversations in which she is."""
        mine = Membership.objects.of(clinician)
        rows = self.filter(membership__in=mine, seq__gt=F("membership__from_seq"))
        return rows.select_related("membership__conversation")

    def due(self, now: datetime) -> "ReminderQuerySet":
        return self.filter(due_at__lte=now)

    def soonest_first(self) -> "ReminderQuerySet":
        return self.order_by("due_at", "pk")


class Reminder(models.Model):
    """A message and a moment, and not a word; once she is told, it is no more."""

    # The constraint below begins with it.
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="reminders", db_index=False
    )
    seq = models.BigIntegerField()
    due_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "seq"],
                name="a_message_has_one_reminder_of_a_member",
            )
        ]
        indexes = [models.Index(fields=["due_at"], name="reminders_by_time")]

    def __str__(self) -> str:
        return f"reminder of {self.seq} for membership {self.membership_id}"
