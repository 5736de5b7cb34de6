"""An associate who works under the guidance of an independent colleague."""

import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from network.clinicians.models.clinician import Clinician
from network.clinicians.models.fields import terms_field


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    def visible_to(self, clinician: Clinician) -> "SupervisionQuerySet":
        """The two whom it is between, nobody else."""
        return self.filter(Q(associate=clinician) | Q(supervisor=clinician))

    def open(self) -> "SupervisionQuerySet":
        return self.exclude(state=Supervision.State.ENDED)

    def confirmed(self) -> "SupervisionQuerySet":
        return self.filter(state=Supervision.State.CONFIRMED)

    def guiding(self, associates: Iterable[int]) -> "SupervisionQuerySet":
        """Who is confirmed for these associates, with what her standing hangs on."""
        return (
            self.confirmed()
            .filter(associate__in=associates)
            .select_related("supervisor__user")
            .prefetch_related("supervisor__licences", "supervisor__privileges")
        )

    def in_order(self) -> "SupervisionQuerySet":
        return self.select_related("associate", "supervisor").order_by("asked_at", "pk")


class Supervision(models.Model):
    """One associate, one supervisor, and the limits that the supervisor sets."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        CONFIRMED = "confirmed", "Confirmed"
        ENDED = "ended", "Ended"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    associate = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="supervisions"
    )
    supervisor = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="supervisions_given"
    )
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.ASKED, editable=False
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    acuity_max = models.PositiveSmallIntegerField(default=4)
    refused_ages = terms_field("age_groups")
    refused_risks = terms_field("risks")
    clients_max = models.PositiveSmallIntegerField(null=True, blank=True)
    each_by_supervisor = models.BooleanField(default=False)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["associate"],
                name="an_associate_has_one_supervisor_at_a_time",
                condition=Q(state__in=["asked", "confirmed"]),
            ),
            models.CheckConstraint(
                name="a_supervisor_is_somebody_else",
                condition=~Q(associate=F("supervisor")),
            ),
            models.CheckConstraint(
                name="a_supervised_acuity_is_from_0_to_4",
                condition=Q(acuity_max__lte=4),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.associate_id} under {self.supervisor_id}, {self.state}"
