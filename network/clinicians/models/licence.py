"""The right to practise: licences and the privileges that compacts give."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from network.clinicians.models.clinician import Clinician
from network.clinicians.models.fields import term_field


class Pending(models.TextChoices):
    """Where something stands for as long as staff do not vouch for it."""

    SUBMITTED = "submitted", "submitted"
    ASKED = "asked", "asked for more"
    HELD = "held", "held"
    REJECTED = "rejected", "rejected"


def pending_field() -> "models.CharField[str, str]":
    return models.CharField(
        max_length=10,
        choices=Pending.choices,
        default=Pending.SUBMITTED,
        db_default=Pending.SUBMITTED,
    )


def submitted_field() -> "models.DateTimeField[datetime, datetime]":
    return models.DateTimeField(default=timezone.now, db_default=Now())


def told_field() -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """The last notice before the end, by its days; none before the first."""
    return models.PositiveSmallIntegerField(null=True, blank=True)


VERIFIED_OR_PENDING = Q(verified_at__isnull=True) | Q(pending=Pending.SUBMITTED)


class Licence(models.Model):
    """A state's permission to practise; it counts once verified, until it expires."""

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="licences"
    )
    state = term_field("states")
    type = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    pending = pending_field()
    submitted_at = submitted_field()
    told_days = told_field()

    class Meta:
        ordering = ["state", "type", "pk"]
        constraints = [
            # With its end: a renewal waits beside what it renews.
            models.UniqueConstraint(
                fields=["clinician", "state", "type", "number", "expires_on"],
                name="a_licence_is_listed_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="a_verified_licence_waits_for_nothing",
                condition=VERIFIED_OR_PENDING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.type}".strip()

    @property
    def ends_on(self) -> date | None:
        return self.expires_on

    def is_current(self, on: date) -> bool:
        return self.expires_on is None or on <= self.expires_on


class Privilege(models.Model):
    """What a compact allows beyond the home state, between two dates."""

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="privileges"
    )
    compact = term_field("compacts")
    home_state = term_field("states")
    # ["*"] means every jurisdiction of the compact.
    jurisdictions = ArrayField(models.CharField(max_length=2), default=list)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    pending = pending_field()
    submitted_at = submitted_field()
    told_days = told_field()

    class Meta:
        ordering = ["compact", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_verified_privilege_waits_for_nothing",
                condition=VERIFIED_OR_PENDING,
            ),
            models.CheckConstraint(
                name="a_privilege_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compact} from {self.home_state}"

    @property
    def ends_on(self) -> date | None:
        return self.valid_to
