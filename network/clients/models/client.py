"""A client under a handle, and the parties who belong to it."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from network.clinicians.models import Clinician
from network.clinicians.models.fields import term_field
from network.privacy.fields import EncryptedJSONField, EncryptedTextField
from network.privacy.regions import region


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, clinician: Clinician) -> "ClientQuerySet":
        """Her own, while she is a verified member."""
        return self.accounted_by(clinician).filter(erased_at__isnull=True)

    def accounted_by(self, clinician: Clinician) -> "ClientQuerySet":
        """Those that are erased too: what was shared of them she has to be able to
        tell, for six years.
        """
        return self.filter(owner=clinician) if clinician.is_verified else self.none()

    def known_to(self, clinician: Clinician) -> "ClientQuerySet":
        """Her own, and whose identity somebody has opened to her: whether it is open
        still, the permissions decide.
        """
        released = Q(
            consents__receiver_id=clinician.public_id,
            consents__releases__ended_at__isnull=True,
            consents__releases__isnull=False,
        )
        own = Q(pk__in=Client.objects.visible_to(clinician).values("pk"))
        return self.filter(own | released).distinct()

    def in_order(self) -> "ClientQuerySet":
        return self.order_by("handle", "pk")


class Client(models.Model):
    """Somebody whom a clinician treats, without a word that tells who it is.

    Nothing here can hold a name, a date or an address; what can is a `Secret`.
    """

    class Unit(models.TextChoices):
        INDIVIDUAL = "individual", "One adult"
        COUPLE = "couple", "A couple"
        FAMILY = "family", "A family"
        MINOR = "minor", "A minor with guardians"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="clients"
    )
    handle = models.CharField(max_length=40, editable=False)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    age_band = term_field("age_groups", blank=True)
    state = term_field("states", blank=True)
    zip3 = models.CharField(max_length=3, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    # Her own line to know whom she means; nobody else ever reads it.
    note = EncryptedTextField(blank=True, default="")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    # The same draft sent twice is one client.
    idempotency_key = models.UUIDField(null=True, blank=True, editable=False)
    # Who it was is gone; what was agreed to and shared stays as long as the law asks.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "handle"], name="a_handle_is_one_client_of_its_owner"
            ),
            models.UniqueConstraint(
                fields=["owner", "idempotency_key"], name="a_draft_becomes_one_client"
            ),
            models.CheckConstraint(
                name="a_zip3_stands_in_its_state", condition=Q(zip3="") | ~Q(state="")
            ),
        ]

    def __str__(self) -> str:
        return self.handle

    def get_absolute_url(self) -> str:
        return reverse("clients:client", args=[self.public_id])

    @property
    def region(self) -> str:
        return region(self.state, self.zip3)


class PartyQuerySet(models.QuerySet["Party"]):
    def in_order(self) -> "PartyQuerySet":
        return self.order_by("role", "number")


class Party(models.Model):
    """One person of a client: in which role, and whether her signature is needed."""

    class Role(models.TextChoices):
        ADULT = "adult", "Adult"
        GUARDIAN = "guardian", "Guardian"
        MINOR = "minor", "Minor"
        PARTNER = "partner", "Partner"

    class Signs(models.TextChoices):
        MUST = "must", "Has to sign"
        ALONE = "alone", "Decides alone: sole custody, or a minor whom the law lets"
        NOT = "not", "Does not sign"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=Role.choices)
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    signs = models.CharField(max_length=5, choices=Signs.choices)
    # Said by the party herself, on her own page.
    wishes: Any = EncryptedJSONField(null=True, blank=True, editable=False)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "role", "number"], name="a_party_has_its_number"
            ),
            models.CheckConstraint(
                name="only_a_guardian_or_a_minor_decides_alone",
                condition=~Q(signs="alone") | Q(role__in=["guardian", "minor"]),
            ),
            models.CheckConstraint(
                name="whoever_is_treated_as_an_adult_signs",
                condition=~Q(role__in=["adult", "partner"]) | Q(signs="must"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} of {self.client_id}"

    @property
    def owner_id(self) -> int:
        return self.client.owner_id

    @property
    def label(self) -> str:
        """ "Guardian", and "Guardian 2" beside her."""
        role = self.get_role_display()
        return role if self.number == 1 else f"{role} {self.number}"
