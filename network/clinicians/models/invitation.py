"""Somebody may come: to the entry an association made of her, or by herself."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from network.accounts.models import User
from network.accounts.permissions import powers
from network.clinicians.models.clinician import Clinician


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> "InvitationQuerySet":
        return self if "invite" in powers(user) else self.none()

    def of(self, email: str) -> "InvitationQuerySet":
        return self.filter(email__iexact=email)

    def unanswered(self) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def asked_for(self) -> "InvitationQuerySet":
        """By staff; the others are addresses that a member list gave."""
        return self.filter(round__gt=0)

    def unmailed(self, now: datetime) -> "InvitationQuerySet":
        owed = self.unanswered().filter(asked_at__isnull=False, expires_at__gt=now)
        return owed.filter(mailed_at__isnull=True)


class Invitation(models.Model):
    """It makes no account: whoever has the link from the mail makes her own."""

    public_id = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )
    # The entry that a member list has made of her, if one has.
    clinician = models.OneToOneField(
        Clinician,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitation",
    )
    email = models.EmailField(db_index=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # Counts the mails: only the link of the newest one opens anything.
    round = models.PositiveSmallIntegerField(default=0, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="an_address_is_invited_once",
                condition=Q(
                    clinician__isnull=True,
                    accepted_at__isnull=True,
                    revoked_at__isnull=True,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.public_id}"

    @property
    def standing(self) -> str:
        """In a word or two, for the list of the staff's."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        if not self.is_open:
            return "expired"
        if self.mailed_at:
            return "sent"
        return "going out" if self.asked_at else "refused by the mail server"

    @property
    def is_open(self) -> bool:
        return (
            self.accepted_at is None
            and self.revoked_at is None
            and self.expires_at is not None
            and self.expires_at > timezone.now()
        )
