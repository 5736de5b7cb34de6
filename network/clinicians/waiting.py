"""How long it takes until staff have looked, by how long it took."""

from datetime import timedelta
from statistics import median_high

from network.clinicians.models import Clinician

LATEST, FEWEST = 20, 5


def usual_wait() -> timedelta | None:
    """The middle of the latest twenty; nothing where there were too few to say."""
    latest = Clinician.objects.verified().filter(user__isnull=False)
    days = latest.order_by("-verified_at").values_list("created_at", "verified_at")
    waits = sorted(
        verified - created for created, verified in days[:LATEST] if verified
    )
    return median_high(waits) if len(waits) >= FEWEST else None
