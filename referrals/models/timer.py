"""What is due, and when: rows, so that no restart forgets them."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from referrals.machine.clocks import Clock
from referrals.models.offer import Offer
from referrals.models.referral import Referral


class TimerQuerySet(models.QuerySet["Timer"]):
    def running(self) -> "TimerQuerySet":
        return self.filter(done_at__isnull=True)

    def due(self, now: datetime) -> "TimerQuerySet":
        return self.running().filter(due_at__lte=now).order_by("due_at", "pk")


class Timer(models.Model):
    """One clock of a referral or of an offer; done when it rang or was stopped."""

    referral = models.ForeignKey(
        Referral, on_delete=models.CASCADE, related_name="timers"
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.CASCADE, null=True, related_name="timers"
    )
    clock = models.CharField(max_length=15, choices=Clock.choices)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = TimerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "offer", "clock"],
                condition=Q(done_at__isnull=True),
                nulls_distinct=False,
                name="a_clock_runs_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at__isnull=True),
                name="timers_by_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock} at {self.due_at}"
