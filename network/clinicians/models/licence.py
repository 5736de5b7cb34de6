"""The right to practise: licences and the privileges that compacts give."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from network.clinicians.models.clinician import Clinician
from network.clinicians.models.fields import term_field


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

    class Meta:
        ordering = ["state", "type", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinician", "state", "type", "number"],
                name="a_licence_is_listed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.type}".strip()

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

    class Meta:
        ordering = ["compact", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_privilege_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.compact} from {self.home_state}"
