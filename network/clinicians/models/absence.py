"""Time away."""

from django.db import models
from django.db.models import F, Q

from network.clinicians.models.clinician import Clinician


class Absence(models.Model):
    """Away from one day to another, both included, perhaps with somebody covering."""

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="absences"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    coverer = models.ForeignKey(
        Clinician,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="covers",
    )

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_absence_ends_after_it_begins",
                condition=Q(starts_on__lte=F("ends_on")),
            )
        ]

    def __str__(self) -> str:
        return f"away {self.starts_on} to {self.ends_on}"
