"""A profile is reported; all reports of one profile gather in one inquiry."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from network.accounts.models import User
from network.accounts.permissions import powers
from network.clinicians.models.clinician import Clinician
from network.clinicians.moderation.states import CLOCKS, CLOSED, Ground, State
from network.privacy.fields import EncryptedTextField


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def visible_to(self, user: User) -> "InquiryQuerySet":
        """Moderators see all but those about themselves."""
        if "moderate" not in powers(user):
            return self.none()
        return self.exclude(clinician__user=user)

    def open(self) -> "InquiryQuerySet":
        return self.exclude(state__in=CLOSED)

    def waiting(self) -> "InquiryQuerySet":
        """Somebody of the staff should do something."""
        return self.filter(state__in=CLOCKS)

    def oldest_first(self) -> "InquiryQuerySet":
        return self.order_by("since", "pk")


class Inquiry(models.Model):
    """What staff do about the reports of one profile, until it is closed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="inquiries"
    )
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.FILED, editable=False
    )
    since = models.DateTimeField(default=timezone.now, editable=False)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            models.UniqueConstraint(
                fields=["clinician"],
                name="a_profile_has_one_open_inquiry",
                condition=~Q(state__in=CLOSED),
            )
        ]

    def __str__(self) -> str:
        return f"inquiry {self.public_id}"

    def move(self, state: State) -> None:
        """The clock begins anew with every state."""
        self.state, self.since = state, timezone.now()

    @property
    def due_at(self) -> datetime | None:
        clock = CLOCKS.get(self.state)
        return self.since + clock if clock else None

    @property
    def is_overdue(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()


class Report(models.Model):
    """What a member reports; her words are for the moderators alone."""

    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inquiry = models.ForeignKey(
        Inquiry, on_delete=models.CASCADE, related_name="reports"
    )
    reporter = models.ForeignKey(
        Clinician,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports_made",
    )
    ground = models.CharField(max_length=20, choices=Ground.choices)
    words = EncryptedTextField(blank=True)
    # Of what was said in a conversation: the number of it, never the words.
    conversation = models.UUIDField(null=True, blank=True, editable=False)
    message = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    filed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "reporter", "conversation", "message"],
                name="a_member_reports_a_thing_once_an_inquiry",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"report of {self.inquiry_id}"
