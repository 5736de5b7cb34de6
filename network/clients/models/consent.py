"""What a client allows: who may tell whom what, what for, and until when."""

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from network.clients.models.client import Client, Party
from network.clients.receiver import Receiver, ReceiverKind
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician
from network.privacy.fields import EncryptedTextField


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, clinician: Clinician) -> "ConsentQuerySet":
        return self.filter(client__in=Client.objects.visible_to(clinician))

    def in_force(self, on: date) -> "ConsentQuerySet":
        """Signed by everybody, begun, and not over: by the date, not by the clock
        that moves the states along.
        """
        return self.filter(
            state__in=Consent.SIGNED_BY_ALL,
            valid_from__lte=on,
            expires_on__gt=on,
            client__erased_at__isnull=True,
        )

    def naming(self, receiver: Receiver) -> "ConsentQuerySet":
        return self.filter(receiver_kind=receiver.kind, receiver_id=receiver.id)

    def newest_first(self) -> "ConsentQuerySet":
        return self.order_by("-made_at", "-pk")


class Consent(models.Model):
    """One permission: from a clinician to one receiver, for one purpose."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        OFFERED = "offered", "Waiting for signatures"
        SIGNED = "signed", "Signed, not begun"
        ACTIVE = "active", "In force"
        EXPIRING = "expiring", "Ends soon"
        EXPIRED = "expired", "Over"
        DECLINED = "declined", "Declined"
        REVOKED = "revoked", "Taken back"

    SIGNED_BY_ALL = (State.SIGNED, State.ACTIVE, State.EXPIRING)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="consents"
    )
    giver = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="consents_to_tell"
    )
    receiver_kind = models.CharField(max_length=10, choices=ReceiverKind.choices)
    receiver_id = models.UUIDField()  # a public id, of whatever kind
    receiver_name = EncryptedTextField()
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    data_classes = ArrayField(
        models.CharField(max_length=20, choices=DataClass.choices)
    )
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    # The version of the words that are signed.
    wording = models.CharField(max_length=20, editable=False)
    valid_from = models.DateField(default=timezone.localdate)
    expires_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    offered_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        Party, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["client", "receiver_id"],
                condition=Q(state__in=["signed", "active", "expiring"]),
                name="consents_in_force",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="a_consent_begins_before_it_ends",
                condition=Q(valid_from__lt=F("expires_on")),
            ),
            models.CheckConstraint(
                name="a_consent_is_about_something", condition=~Q(data_classes=[])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}, {self.state}"

    @property
    def owner_id(self) -> int:
        return self.client.owner_id

    @property
    def receiver(self) -> Receiver:
        return Receiver(
            ReceiverKind(self.receiver_kind), self.receiver_id, self.receiver_name
        )

    @property
    def is_open(self) -> bool:
        """It may still be signed, or is in force."""
        return self.state in (self.State.OFFERED, *self.SIGNED_BY_ALL)


class Signature(models.Model):
    """One party agreed to one consent, and how that was obtained."""

    class How(models.TextChoices):
        LINK = "link", "Signed here, by link"
        VERBAL = "verbal", "Said so to the clinician"
        PAPER = "paper", "Signed on paper"

    consent = models.ForeignKey(
        Consent, on_delete=models.CASCADE, related_name="signatures"
    )
    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, related_name="signatures"
    )
    how = models.CharField(max_length=10, choices=How.choices)
    signed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "party"], name="a_party_signs_a_consent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} signed {self.consent_id}"


class Release(models.Model):
    """The owner opened the identity to the receiver whom a consent names."""

    consent = models.ForeignKey(
        Consent, on_delete=models.CASCADE, related_name="releases"
    )
    released_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent"],
                condition=Q(ended_at__isnull=True),
                name="an_identity_is_released_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"release by {self.consent_id}"
