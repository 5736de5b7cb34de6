"""The way in of a colleague who is no member."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from network.clinicians.models import Clinician
from referrals.machine.words import READABLE
from referrals.models.offer import Offer

LASTS = timedelta(days=14)


class GuestLinkQuerySet(models.QuerySet["GuestLink"]):
    def visible_to(self, clinician: Clinician) -> "GuestLinkQuerySet":
        return self.filter(offer__in=Offer.objects.visible_to(clinician))

    def valid(self, now: datetime) -> "GuestLinkQuerySet":
        """Of what was sent, and of nobody who has left or is held back."""
        return self.filter(
            offer__link_expires_at__gt=now,
            offer__receiver=None,
            offer__sent_at__isnull=False,
            offer__referral__sender__in=Clinician.objects.verified(),
        ).select_related("offer__referral__sender__user", "offer__referral__client")

    def owed(self, now: datetime) -> "GuestLinkQuerySet":
        """A mail: the first one while the offer lives, then that there is news."""
        due = self.valid(now).filter(owed_at__isnull=False)
        return due.filter(models.Q(mails__gt=0) | models.Q(offer__state__in=READABLE))


class GuestLink(models.Model):
    """One offer's, as long as the offer says; a new one has another public id, and
    with it the one before is over. Gone once the sender ends it, or she has joined.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.OneToOneField(
        Offer, on_delete=models.CASCADE, related_name="guest_link"
    )
    # By it her offers are found once she has joined; no way back to the address.
    email_hash = models.CharField(max_length=100, db_index=True, editable=False)
    # The public id of the entry, of the registry or a member list, that was asked.
    listed = models.UUIDField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    # Since when a mail is owed; how many went out, and how the last one fared.
    owed_at = models.DateTimeField(null=True, editable=False)
    mails = models.PositiveSmallIntegerField(default=0, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    # By her own word she may treat where the client is.
    declared_at = models.DateTimeField(null=True, editable=False)

    objects = GuestLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def standing(self) -> str:
        """Of the mail, for the sender."""
        if self.refused_at:
            return "the mail server refused the address"
        if self.mailed_at is None:
            return "the mail is going out"
        return f"mailed on {timezone.localtime(self.mailed_at):%-d %B}"
