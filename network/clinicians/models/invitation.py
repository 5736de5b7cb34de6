"""An imported person may come and take over her entry."""

from django.db import models
from django.utils import timezone

from network.clinicians.models.clinician import Clinician


class Invitation(models.Model):
    """The address an association gave for a clinician; it makes no account."""

    clinician = models.OneToOneField(
        Clinician, on_delete=models.CASCADE, related_name="invitation"
    )
    email = models.EmailField(db_index=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"invitation of {self.clinician_id}"
