"""Chores of the night: they may run twice."""

from celery import shared_task

from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician


@shared_task
def rebuild_every_listing() -> None:
    """Soon after midnight: what expired yesterday is not found, what began today is."""
    ids = Clinician.objects.order_by("pk").values_list("pk", flat=True)
    rebuild_listings(ids.iterator(chunk_size=2000))
