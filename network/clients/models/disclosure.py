"""What was shared of a client, with whom: kept for six years, whatever else goes."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from network.clients.models.client import Client
from network.clients.models.consent import Consent
from network.clients.receiver import Receiver, ReceiverKind
from network.clients.wording import DataClass, Purpose, thing_in_words
from network.clinicians.models import Clinician
from network.privacy.fields import EncryptedTextField


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def visible_to(self, clinician: Clinician) -> "DisclosureQuerySet":
        return self.filter(client__in=Client.objects.visible_to(clinician))

    def newest_first(self) -> "DisclosureQuerySet":
        return self.order_by("-at", "-pk")


class Disclosure(models.Model):
    """Somebody let a receiver know something of a client; never what was said."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="disclosures"
    )
    consent = models.ForeignKey(
        Consent, on_delete=models.SET_NULL, null=True, related_name="disclosures"
    )
    giver_name = EncryptedTextField()
    receiver_kind = models.CharField(max_length=10, choices=ReceiverKind.choices)
    receiver_id = models.UUIDField()
    receiver_name = EncryptedTextField()
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    data_classes = ArrayField(
        models.CharField(max_length=20, choices=DataClass.choices)
    )
    # Which thing, and which version of it: "offer:3f…", "packet:3f… v2".
    thing = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["client", "-at"], name="disclosures_of_a_client")
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def owner_id(self) -> int:
        return self.client.owner_id

    @property
    def what(self) -> list[str]:
        return [str(DataClass(one).label) for one in self.data_classes]

    @property
    def about(self) -> str:
        return thing_in_words(self.thing)

    @property
    def receiver(self) -> Receiver:
        return Receiver(
            ReceiverKind(self.receiver_kind), self.receiver_id, self.receiver_name
        )
