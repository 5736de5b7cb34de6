"""One client's way to a colleague."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from messaging.models import Conversation
from network.clients.models import Client
from network.clinicians.models import Clinician
from network.clinicians.models.fields import term_field
from referrals.machine.standing import responsible
from referrals.machine.words import (
    OVER,
    Kind,
    Mode,
    Outcome,
    Responsible,
    State,
    SubReason,
    Turn,
    Urgency,
)
from referrals.models.offer import Offer


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, clinician: Clinician) -> "ReferralQuerySet":
        """Her own; and those where an offer of hers, or of an associate whom she has to
        confirm, lives. Dark to whoever is not a member of the network.
        """
        if not clinician.is_verified:
            return self.none()
        offers = Offer.objects.filter(referral=OuterRef("pk"))
        return self.filter(
            Q(sender=clinician) | Exists(offers.readable_by(clinician))
        ).select_related("sender", "client")

    def going_on(self) -> "ReferralQuerySet":
        return self.exclude(state__in=OVER)

    def sent_by(self, clinician: Clinician) -> "ReferralQuerySet":
        """She sees all that are her own: of offers nothing has to be asked."""
        hers = self.filter(sender=clinician) if clinician.is_verified else self.none()
        return hers.select_related("sender", "client")

    def newest_first(self) -> "ReferralQuerySet":
        return self.order_by("-changed_at", "-pk")


class Referral(models.Model):
    """What is asked for, and how far it has come; its words are `Passage`s.

    The turn is kept with the state: work lists are counted by it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sender = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="referrals"
    )
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="referrals"
    )
    # The one that this goes on from: what is over stays as it is.
    episode_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="episodes"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = term_field("reasons", blank=True)
    sub_reason = models.CharField(max_length=30, choices=SubReason.choices, blank=True)
    urgency = models.CharField(
        max_length=10, choices=Urgency.choices, default=Urgency.ROUTINE
    )
    planned_on = models.DateField(null=True, blank=True)
    mode = models.CharField(max_length=15, choices=Mode.choices, default=Mode.SENDER)
    jurisdiction = term_field("states", blank=True)
    acuity = models.PositiveSmallIntegerField(null=True, blank=True)

    state = models.CharField(
        max_length=12, choices=State.choices, default=State.DRAFT, editable=False
    )
    paused_from = models.CharField(max_length=12, blank=True, editable=False)
    turn = models.CharField(
        max_length=10, choices=Turn.choices, default=Turn.SENDER, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    # How many things in the words tell who the client is, and why they stayed.
    tells = models.PositiveSmallIntegerField(default=0, editable=False)
    guard_reason = models.CharField(max_length=30, blank=True, editable=False)
    attested_at = models.DateTimeField(null=True, editable=False)
    client_agreed_at = models.DateTimeField(null=True, editable=False)

    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    missed_at = models.DateTimeField(null=True, editable=False)
    # Where the client chooses: she has said what she would like instead.
    replied_at = models.DateTimeField(null=True, editable=False)
    cancel_asked_at = models.DateTimeField(null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    first_session_at = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(
        max_length=25, choices=Outcome.choices, blank=True, editable=False
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    # Days after which it is asked whether it held, and what was answered.
    asked_back = models.PositiveSmallIntegerField(null=True, editable=False)
    held = models.JSONField(default=dict, editable=False)

    conversation = models.OneToOneField(
        Conversation, on_delete=models.SET_NULL, null=True, related_name="referral"
    )
    # Of a broadcast: whose members are asked.
    circle = models.ForeignKey(
        Conversation, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_closed_referral_has_an_outcome",
                condition=~Q(state="closed") | ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="a_paused_referral_knows_from_where",
                condition=Q(state="paused") ^ Q(paused_from=""),
            ),
            models.CheckConstraint(
                name="somebody_has_the_turn_until_it_is_over",
                condition=Q(state__in=["closed", "withdrawn", "expired"])
                ^ ~Q(turn="nobody"),
            ),
            models.CheckConstraint(
                name="the_acuity_of_a_referral_is_from_0_to_4",
                condition=Q(acuity__isnull=True) | Q(acuity__lte=4),
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "turn"], name="referrals_by_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}, {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.public_id])

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def responsible(self) -> Responsible:
        return responsible(self.kind, self.state, self.outcome)

    @property
    def scope(self) -> str:
        """Of the keys that seal its words."""
        return f"referral:{self.public_id}"
