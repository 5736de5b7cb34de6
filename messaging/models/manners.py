"""How somebody wishes to be seen in conversations."""

from django.db import models

from network.clinicians.models import Clinician


class MannersQuerySet(models.QuerySet["Manners"]):
    def shows(self, clinician: Clinician) -> bool:
        """Whoever has said nothing shows when she is here, and sees the others."""
        return not self.filter(clinician=clinician, shows_presence=False).exists()


class Manners(models.Model):
    """What holds in all of her conversations; no row, and everything is as usual."""

    clinician = models.OneToOneField(
        Clinician, on_delete=models.CASCADE, primary_key=True, related_name="manners"
    )
    # Both ways: who does not show when she is here does not see it of others.
    shows_presence = models.BooleanField(default=True)

    objects = MannersQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "manners"

    def __str__(self) -> str:
        return f"manners of {self.clinician_id}"
