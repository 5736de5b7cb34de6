"""One colleague's part of a referral."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from network.clients.receiver import Receiver
from network.clinicians.models import Clinician, Supervision
from network.clinicians.models.fields import term_field
from network.privacy.fields import EncryptedTextField
from referrals.machine.words import (
    HOLDING,
    READABLE,
    Decline,
    OfferState,
)

if TYPE_CHECKING:
    from referrals.models.referral import Referral


class Conflict(models.TextChoices):
    """What the blind check said: never who, and never that there is nothing."""

    UNCHECKED = "unchecked", "Not checked yet"
    UNNAMED = "unnamed", "Not checked: no name was given. Ask the colleague."
    NONE_FOUND = "none_found", "No overlap found. Ask the colleague."
    OUTSIDE = (
        "outside",
        "Nothing could be compared: no register is kept here. Ask the colleague.",
    )
    POSSIBLE = "possible", "A possible overlap: call first."
    TALKED_OVER = "talked_over", "You have talked it over."


class Fee(models.TextChoices):
    """How the therapy would be paid; for the referral nobody pays anything."""

    INSURANCE = "insurance", "By insurance"
    USUAL = "usual", "At the usual fee"
    REDUCED = "reduced", "At a reduced fee"
    NONE = "none", "Without a fee"


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, clinician: Clinician) -> "OfferQuerySet":
        """The sender's; the receiver's from when it is sent; and of an associate's what
        waits for the supervisor. Whether the words may be read is another question.
        """
        if not clinician.is_verified:
            return self.none()
        received = Q(receiver=clinician, sent_at__isnull=False)
        seen = Q(referral__sender=clinician) | received | _guided_by(clinician)
        return self.filter(seen).select_related(
            "referral__sender", "referral__client", "receiver"
        )

    def readable_by(self, clinician: Clinician) -> "OfferQuerySet":
        """Whose receiver, or supervisor, may read what the client needs."""
        hers = Q(receiver=clinician, state__in=READABLE)
        return self.filter(hers | _guided_by(clinician))

    def holding(self, clinician: Clinician) -> "OfferQuerySet":
        """For each of these one of her openings is kept."""
        return self.filter(receiver=clinician, holds=True)

    def in_order(self) -> "OfferQuerySet":
        return self.order_by("place", "pk")


def _guided_by(clinician: Clinician) -> Q:
    guided = Supervision.objects.confirmed().filter(supervisor=clinician)
    return Q(receiver__in=guided.values("associate"), state=OfferState.CONFIRMING)


class Offer(models.Model):
    """One who is asked: a member, a guest by link, or somebody whom the sender asks
    herself and for whom she keeps the record.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(
        "referrals.Referral", on_delete=models.CASCADE, related_name="offers"
    )
    receiver = models.ForeignKey(
        Clinician, on_delete=models.SET_NULL, null=True, related_name="offers"
    )
    guest_name = EncryptedTextField(blank=True, default="", editable=False)
    guest_email = EncryptedTextField(blank=True, default="", editable=False)
    # By a link she may answer without an account; nobody else has it.
    link_expires_at = models.DateTimeField(null=True, editable=False)
    place = models.PositiveSmallIntegerField(default=0, editable=False)

    state = models.CharField(
        max_length=20,
        choices=OfferState.choices,
        default=OfferState.QUEUED,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    conflict = models.CharField(
        max_length=15, choices=Conflict.choices, default=Conflict.UNCHECKED
    )
    # One of her openings is kept for it.
    holds = models.BooleanField(default=False, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    viewed_on = models.DateField(null=True, editable=False)
    attested_at = models.DateTimeField(null=True, editable=False)

    earliest_on = models.DateField(null=True, blank=True)
    fee = models.CharField(max_length=10, choices=Fee.choices, blank=True)
    format = term_field("formats", blank=True)
    expected_on = models.DateField(null=True, blank=True)
    misses = models.PositiveSmallIntegerField(default=0, editable=False)
    reason = models.CharField(max_length=12, choices=Decline.choices, blank=True)
    suggested = models.ForeignKey(
        Clinician, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "receiver"],
                condition=Q(
                    state__in=[
                        "queued",
                        "sent",
                        "viewed",
                        "needs_info",
                        "confirming",
                        "accepted",
                        "waitlist_offered",
                        "waitlisted",
                        "selected",
                    ]
                ),
                name="somebody_is_asked_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(state="selected"),
                name="one_offer_is_chosen_at_most",
            ),
            models.CheckConstraint(
                name="only_the_accepted_and_the_chosen_hold_an_opening",
                condition=Q(holds=False) | Q(state__in=sorted(HOLDING)),
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "state"], name="offers_of_a_receiver")
        ]

    def __str__(self) -> str:
        return f"{self.public_id}, {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("referrals:offer", args=[self.public_id])

    @property
    def is_readable(self) -> bool:
        return self.state in READABLE

    @property
    def is_logged(self) -> bool:
        """Off the network and without a link: the sender keeps the record."""
        return self.receiver_id is None and self.link_expires_at is None

    @property
    def has_link(self) -> bool:
        """A guest's, whether it still holds or not."""
        return self.receiver_id is None and self.link_expires_at is not None

    @property
    def name(self) -> str:
        if self.receiver:
            return self.receiver.display_name
        return self.guest_name or "A former colleague"

    @property
    def named(self) -> Receiver:
        """As a consent names her."""
        if self.receiver:
            return Receiver.of(self.receiver)
        return Receiver.guest(self.public_id, self.guest_name)

    def is_for(self, referral: "Referral") -> bool:
        return self.referral_id == referral.pk
